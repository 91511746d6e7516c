import Evaluation
import Execution
import Glibc

/// A directory a run, the user's own.
struct SystemRunStore: RunStore {
  /// What the runs are in; `nil` is `$XDG_STATE_HOME/conn/runs`.
  var directory: String?

  func create() throws(DiskError) -> any RunDirectory {
    let runs = try path()
    for _ in 0..<Self.tries {
      let path = "\(runs)/\(Self.newName())"
      if mkdir(path, 0o700) == 0 {
        try SystemFile.syncDirectory(runs)
        return try SystemRunDirectory(path, isNew: true)
      }
      guard errno == EEXIST else { throw SystemFile.problem("cannot make", path) }
    }
    throw DiskError("no name is left for a run in `\(runs)`")
  }

  private static let tries = 100

  /// `20261125T161020Z-3f2a`: sorted by name, runs are sorted by time.
  static func newName() -> String {
    let time = Clock.wallTime().prefix(19).filter { $0 != "-" && $0 != ":" }
    let digits = String(UInt32.random(in: 0x1_0000...0x1_FFFF), radix: 16).dropFirst()
    return "\(time)Z-\(digits)"
  }

  /// The directory of all runs, which is made where it is missing. Throws where it is open to others.
  func path() throws(DiskError) -> String {
    guard let path = directory ?? StateDirectory.path("runs") else {
      throw DiskError("cannot make the state directory: is $XDG_STATE_HOME or $HOME right?")
    }
    guard StateDirectory.make(path) else { throw SystemFile.problem("cannot make", path) }
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
    guard status.st_mode & S_IFMT == S_IFDIR else { throw DiskError("`\(path)` is no directory") }
    guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw DiskError("others can write to `\(path)`: chmod 700 \(path)")
    }
  }
}
