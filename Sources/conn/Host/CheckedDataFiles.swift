import Evaluation
import Language
import Synchronization

/// The data files that were read last to check a script, until the script reads them.
final class CheckedDataFiles: Sendable {
  /// The version is `nil` if it doesn't tell whether the file has changed since.
  typealias Entry = (file: DataFile, content: DataContent, version: FileVersion?)

  private let files = Mutex<[Entry]>([])

  /// Two, so that the files of a `diff` are read once each.
  private static let most = 2

  /// Returns the content of a file, and forgets it.
  func take(_ file: DataFile) -> Entry? {
    files.withLock { files in
      files.firstIndex { $0.file == file }.map { files.remove(at: $0) }
    }
  }

  func store(_ entry: Entry) {
    files.withLock { $0 = $0.suffix(Self.most - 1) + [entry] }
  }
}
