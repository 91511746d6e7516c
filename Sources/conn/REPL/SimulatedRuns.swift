import Glibc

/// The runs of a session on the embedded simulator: in a directory of the state that ends with the
/// session, as the workspace does.
struct SimulatedRuns {
  private let directory: String

  /// `nil` where there is no place for them.
  init?() {
    guard let place = StateDirectory.place("simulated/\(SystemRunStore.newName())") else {
      return nil
    }
    directory = place
  }

  var store: SystemRunStore { SystemRunStore(directory: directory) }

  func remove() {
    for run in Self.paths(in: directory) {
      Self.paths(in: run).forEach { unlink($0) }
      rmdir(run)
    }
    rmdir(directory)
    // Other sessions may have theirs there.
    rmdir(SystemFile.directory(of: directory))
  }

  private static func paths(in directory: String) -> [String] {
    ((try? SystemFile.names(in: directory)) ?? []).map { "\(directory)/\($0)" }
  }
}
