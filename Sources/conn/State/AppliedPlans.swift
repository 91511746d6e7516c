import Evaluation
import Glibc
import Planning

/// The plans that were carried out on this machine: a file each, `$XDG_STATE_HOME/conn/applied/HASH`,
/// with the name of the run.
struct AppliedPlans: UsedPlans {
  func run(using hash: String) -> String? {
    guard let path = try? path(hash), SystemDisk().exists(path) else { return nil }
    return (try? SystemDisk().readOwn(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Of two runs that note the same plan, one is told `true`: the name of a file that is whole is made
  /// at once.
  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool {
    let path = try path(hash)
    let draft = "\(path).\(getpid())"
    defer { unlink(draft) }
    try SystemDisk().replace(draft, with: Array(run.utf8))
    if link(draft, path) != 0 {
      guard errno == EEXIST else { throw SystemFile.problem("cannot write", path) }
      return !run.isEmpty && self.run(using: hash) == run
    }
    try SystemFile.syncDirectory(SystemFile.directory(of: path))
    return true
  }

  /// A hash is 64 hexadecimal digits: no path hides in it.
  private func path(_ hash: String) throws(DiskError) -> String {
    guard let path = StateDirectory.path("applied/" + hash) else {
      throw DiskError("there is no directory for the state of conn: set HOME or XDG_STATE_HOME")
    }
    try SystemRunStore.requirePrivate(SystemFile.directory(of: path))
    return path
  }
}
