import ConnectionsClient
import Evaluation
import Execution
import Glibc

/// Stores each run in a directory of its own, which is private to the user.
struct SystemRunStore: RunStore {
  /// The directory of all runs; `nil` means `$XDG_STATE_HOME/conn/runs`.
  private let directory: String?
  private let state: StateDirectory
  private let clock: any HostClock
  let disk: SystemDisk

  init(_ host: Host, directory: String? = nil) {
    (self.directory, state, clock, disk) = (directory, host.state, host.clock, host.disk)
  }

  /// Reads a run.
  func run(_ path: String) throws(RunError) -> StoredRun { try StoredRun(path, disk, clock) }

  func masking(_ text: String) -> String { disk.secrets.masking(text) }

  func create() throws(DiskError) -> any RunDirectory {
    let runs = try path()
    for _ in 0..<Self.tries {
      let path = "\(runs)/\(try nextName(in: runs))"
      if mkdir(path, 0o700) == 0 {
        try SystemFile.syncDirectory(runs)
        return try SystemRunDirectory(path, disk, isNew: true)
      }
      guard errno == EEXIST else { throw SystemFile.problem("cannot create", path) }
    }
    throw DiskError("cannot find an unused name for a run in `\(runs)`")
  }

  private static let tries = 100

  /// Returns a new name that follows those of all other runs: also of one that began within the same
  /// millisecond, or before the clock was set back.
  private func nextName(in runs: String) throws(DiskError) -> String {
    let name = RunName(clock)
    let last = try SystemFile.names(in: runs).last { RunName($0) != nil }.flatMap(RunName.init)
    return max(name, last?.next ?? name).text
  }

  /// Returns the directory of all runs, and creates it if needed. Throws if other users can write
  /// to it or replace it.
  func path() throws(DiskError) -> String {
    guard let path = directory ?? state.path(creatingFor: "runs") else {
      throw DiskError("cannot create the state directory: check $XDG_STATE_HOME and $HOME")
    }
    guard StateDirectory.make(path) else { throw SystemFile.problem("cannot create", path) }
    if let open = StateDirectory.openParent(of: path) {
      throw DiskError(StateDirectory.complaint(open))
    }
    for directory in [SystemFile.directory(of: path), path] {
      try Self.requirePrivate(directory)
    }
    return path
  }

  static func requirePrivate(_ path: String) throws(DiskError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw SystemFile.problem("cannot read", path) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw DiskError("`\(path)` is not a directory")
    }
    guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw DiskError("`\(path)` is writable by other users: chmod 700 \(path)")
    }
  }
}
