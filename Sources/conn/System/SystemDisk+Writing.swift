import ConnectionsClient
import Evaluation
import Glibc

/// Writes files atomically: readers see either the old bytes or the new ones.
extension SystemDisk {
  func create(_ name: String, with bytes: [UInt8]) throws(DiskError) {
    try requireNoNUL(name)
    if exists(name) { throw DiskError("`\(name)` already exists") }
    try store(bytes, at: try FilePath.resolvingLinks(resolved(name)), name) { temporary, path in
      guard link(temporary, path) != 0 else {
        unlink(temporary)
        return true
      }
      // Some file systems have no hard links.
      guard [EPERM, EOPNOTSUPP, EMLINK, ENOSYS].contains(errno) else { return false }
      guard FilePath.status(path) == nil else {
        errno = EEXIST
        return false
      }
      return rename(temporary, path) == 0
    }
  }

  func replace(_ name: String, with bytes: [UInt8]) throws(DiskError) {
    try requireNoNUL(name)
    let path = try FilePath.resolvingLinks(resolved(name))
    if exists(path) {
      guard isFile(path) else { throw DiskError("`\(name)` is not a regular file") }
      guard access(path, W_OK) == 0 else { throw SystemFile.problem("cannot write", name) }
    }
    try store(bytes, at: path, name) { rename($0, $1) == 0 }
  }

  /// Writes a temporary file beside `path`, which `publish` then moves there.
  private func store(
    _ bytes: [UInt8], at path: String, _ name: String, publish: (String, String) -> Bool
  ) throws(DiskError) {
    let temporary = "\(path).\(UInt32.random(in: 0 ... .max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFile.problem("cannot write", named(path, name)) }
    Self.keepMode(of: path, on: descriptor)
    let isComplete =
      FileBytes.write(secrets.masking(bytes), to: descriptor) && fsync(descriptor) == 0
    let reason = errno
    let isClosed = close(descriptor) == 0
    if isComplete, isClosed, publish(temporary, path) { return }
    if !isComplete { errno = reason }
    let problem =
      errno == EEXIST
      ? DiskError("`\(name)` already exists")
      : SystemFile.problem("cannot write", named(path, name))
    unlink(temporary)
    throw problem
  }

  /// The name for errors: as the caller wrote it, unless a link led elsewhere.
  private func named(_ path: String, _ name: String) -> String {
    path == resolved(name) ? name : path
  }

  /// Gives the new file the permissions of the one it replaces; a file without predecessor stays
  /// private.
  private static func keepMode(of path: String, on descriptor: Int32) {
    var before = stat()
    if stat(path, &before) == 0 { fchmod(descriptor, before.st_mode & 0o777) }
  }
}
