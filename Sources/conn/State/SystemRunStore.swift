import Engine
import Glibc
import Language

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

/// The files of one run. Its journal is locked for as long as the process lives, so that no two
/// processes go on with one run.
final class SystemRunDirectory: RunDirectory {
  let path: String
  var id: String? { name }
  private let name: String
  private let journal: Int32

  /// Throws where another process holds the run.
  init(_ path: String, isNew: Bool) throws(DiskError) {
    self.path = path
    name = String(path.split(separator: "/").last ?? "")
    let file = "\(path)/journal.jsonl"
    let kind = isNew ? O_CREAT | O_EXCL : 0
    journal = open(file, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | kind, 0o600)
    guard journal >= 0 else { throw SystemFile.problem("cannot open", file) }
    guard SystemFile.isRegular(journal) else {
      close(journal)
      throw DiskError("`\(file)` is no regular file")
    }
    guard flock(journal, LOCK_EX | LOCK_NB) == 0 else {
      close(journal)
      throw DiskError("run \(name) is under way in another process")
    }
    if isNew { try SystemFile.syncDirectory(path) }
  }

  deinit { close(journal) }

  func append(_ bytes: [UInt8]) throws(DiskError) {
    guard FileBytes.write(bytes, to: journal), fdatasync(journal) == 0 else {
      throw SystemFile.problem("cannot write", "\(path)/journal.jsonl")
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws(DiskError) {
    try SystemDisk().replace("\(path)/\(name)", with: bytes)
    try SystemFile.syncDirectory(path)
  }

  func read(_ name: String) throws(DiskError) -> [UInt8] {
    try SystemDisk().readOwn("\(path)/\(name)")
  }

  /// Puts what was torn off into a file of its own, and cuts the journal to its whole lines.
  func setAside(_ bytes: ArraySlice<UInt8>, keeping length: Int) throws(DiskError) {
    try write("journal.torn", Array(bytes))
    guard ftruncate(journal, off_t(length)) == 0, fsync(journal) == 0 else {
      throw SystemFile.problem("cannot write", "\(path)/journal.jsonl")
    }
  }
}

/// The runs of an embedded simulated workspace, which ends with the process: nothing is kept.
struct UnkeptRuns: RunStore {
  private struct Nothing: RunDirectory {
    var id: String? { nil }
    func append(_ bytes: [UInt8]) throws(DiskError) {}
    func write(_ name: String, _ bytes: [UInt8]) throws(DiskError) {}
    func read(_ name: String) throws(DiskError) -> [UInt8] { [] }
  }

  func create() throws(DiskError) -> any RunDirectory { Nothing() }
}
