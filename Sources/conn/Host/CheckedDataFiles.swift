import Evaluation
import Language
import Synchronization

/// The data files that were read last to check a script, until the script reads them.
final class CheckedDataFiles: Sendable {
  private let files = Mutex<[(file: DataFile, content: DataContent)]>([])

  /// Two, so that the files of a `diff` are read once each.
  private static let most = 2

  /// Returns the content of a file, and forgets it.
  func take(_ file: DataFile) -> DataContent? {
    files.withLock { files in
      files.firstIndex { $0.file == file }.map { files.remove(at: $0).content }
    }
  }

  func store(_ content: DataContent, of file: DataFile) {
    files.withLock { $0 = $0.suffix(Self.most - 1) + [(file, content)] }
  }
}
