import Engine
import Glibc

/// The plans that were carried out on this machine: an empty file each,
/// `$XDG_STATE_HOME/conn/applied/HASH`.
struct AppliedPlans: UsedPlans {
  func wasApplied(_ hash: String) -> Bool {
    guard let path = try? path(hash) else { return false }
    return SystemDisk().exists(path)
  }

  /// Of two processes that note the same plan, one is told `true`.
  func markApplied(_ hash: String) throws(DiskError) -> Bool {
    let path = try path(hash)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0, errno == EEXIST { return false }
    guard descriptor >= 0 else { throw SystemFile.problem("cannot write", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SystemFile.problem("cannot write", path) }
    try SystemFile.syncDirectory(SystemFile.directory(of: path))
    return true
  }

  /// A hash is 64 hexadecimal digits: no path hides in it.
  private func path(_ hash: String) throws(DiskError) -> String {
    guard let path = StateDirectory.path("applied/" + hash) else {
      throw DiskError("there is no directory for the state of conn: set HOME or XDG_STATE_HOME")
    }
    return path
  }
}
