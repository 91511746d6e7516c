import Evaluation
import Glibc

/// The file system of the machine.
struct SystemDisk: Disk {
  /// Maximum size of a script or data file in bytes.
  private static let limit = 1 << 30

  func read(_ path: String) throws(DiskError) -> [UInt8] {
    let bytes = try read(path, limit: Self.limit)
    guard bytes.count <= Self.limit else { throw DiskError("`\(path)` is larger than 1 GiB") }
    return bytes
  }

  /// Reads a file that the program wrote itself; throws for links and pipes.
  func readOwn(_ path: String) throws(DiskError) -> [UInt8] {
    try readRegular(path, limit: Self.limit, O_NOFOLLOW)
  }

  /// Reads a regular file, also through a link. If it has more than `limit` bytes, returns a little
  /// more than `limit`.
  func readRegular(_ path: String, limit: Int, _ flags: Int32 = 0) throws(DiskError) -> [UInt8] {
    let descriptor = try SystemFile.open(path, flags)
    defer { close(descriptor) }
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw SystemFile.problem("cannot read", path)
    }
    return bytes
  }

  /// Reads a file or pipe. If it has more than `limit` bytes, returns a little more than `limit`.
  func read(_ path: String, limit: Int) throws(DiskError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFile.problem("cannot read", path) }
    defer { close(descriptor) }
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw SystemFile.problem("cannot read", path)
    }
    return bytes
  }

  func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Replaces a file atomically, by a rename: readers see either the old bytes or the new ones.
  func replace(_ name: String, with bytes: [UInt8]) throws(DiskError) {
    let path = try Self.target(of: name)
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFile.problem("cannot write", path) }
    Self.keepMode(of: path, on: descriptor)
    let isComplete = FileBytes.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let reason = errno
    let isClosed = close(descriptor) == 0
    if isComplete, isClosed, rename(temporary, path) == 0 { return }
    if !isComplete { errno = reason }
    let problem = SystemFile.problem("cannot write", path)
    unlink(temporary)
    throw problem
  }

  /// Returns the file that a link leads to. Throws if it can't be written.
  private static func target(of path: String) throws(DiskError) -> String {
    guard access(path, F_OK) == 0 else { return path }
    guard isFile(path) else { throw DiskError("`\(path)` is not a regular file") }
    guard access(path, W_OK) == 0 else { throw SystemFile.problem("cannot write", path) }
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// `true` iff the path names a regular file of at most `limit` bytes.
  static func isFile(_ path: String, noLargerThan limit: Int = .max) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_size <= limit
  }

  /// Gives the new file the permissions of the one it replaces; a file without predecessor stays
  /// private.
  private static func keepMode(of path: String, on descriptor: Int32) {
    var before = stat()
    if stat(path, &before) == 0 { fchmod(descriptor, before.st_mode & 0o777) }
  }
}
