import Glibc

/// The runs of a session on the embedded simulator. Their state directory is removed at the end of
/// the session, when the simulated workspace is gone too.
struct SimulatedRuns {
  private let directory: String
  let store: SystemRunStore

  /// `nil` if there is no state directory.
  init?(_ host: Host) {
    guard let path = host.state.path(to: "simulated/\(RunName(host.clock).text)") else {
      return nil
    }
    directory = path
    store = SystemRunStore(host, directory: path)
  }

  func remove() {
    for run in Self.paths(in: directory) {
      Self.paths(in: run).forEach { unlink($0) }
      rmdir(run)
    }
    rmdir(directory)
    // Fails, as it should, while other sessions have their directories there.
    rmdir(SystemFile.directory(of: directory))
  }

  private static func paths(in directory: String) -> [String] {
    ((try? SystemFile.names(in: directory)) ?? []).map { "\(directory)/\($0)" }
  }
}
