import Evaluation
import Glibc

/// The file system of the machine. Errors name a file as the caller did.
struct SystemDisk: Disk {
  /// The directory that relative paths refer to.
  let directory: String

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
    let descriptor = try SystemFile.open(resolved(path), flags, named: path)
    defer { close(descriptor) }
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw SystemFile.problem("cannot read", path)
    }
    return bytes
  }

  /// Reads a file or pipe. If it has more than `limit` bytes, returns a little more than `limit`.
  func read(_ path: String, limit: Int) throws(DiskError) -> [UInt8] {
    let descriptor = open(resolved(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFile.problem("cannot read", path) }
    defer { close(descriptor) }
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw SystemFile.problem("cannot read", path)
    }
    return bytes
  }

  func exists(_ path: String) -> Bool { access(resolved(path), F_OK) == 0 }

  /// Returns the absolute path, or an empty one for an empty one.
  func resolved(_ path: String) -> String {
    path.isEmpty || path.hasPrefix("/") ? path : directory + "/" + path
  }

  /// Replaces a file atomically, by a rename: readers see either the old bytes or the new ones.
  func replace(_ name: String, with bytes: [UInt8]) throws(DiskError) {
    let path = try target(of: name)
    let temporary = "\(path).\(UInt32.random(in: 0 ... .max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFile.problem("cannot write", named(path, name)) }
    Self.keepMode(of: path, on: descriptor)
    let isComplete = FileBytes.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let reason = errno
    let isClosed = close(descriptor) == 0
    if isComplete, isClosed, rename(temporary, path) == 0 { return }
    if !isComplete { errno = reason }
    let problem = SystemFile.problem("cannot write", named(path, name))
    unlink(temporary)
    throw problem
  }

  /// Returns the file that a link leads to. Throws if it can't be written.
  private func target(of name: String) throws(DiskError) -> String {
    let path = resolved(name)
    guard access(path, F_OK) == 0 else { return path }
    guard isFile(path) else { throw DiskError("`\(name)` is not a regular file") }
    guard access(path, W_OK) == 0 else { throw SystemFile.problem("cannot write", name) }
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The name for errors: as the caller wrote it, unless a link led elsewhere.
  private func named(_ path: String, _ name: String) -> String {
    path == resolved(name) ? name : path
  }

  /// `true` iff the path names a regular file of at most `limit` bytes.
  func isFile(_ path: String, noLargerThan limit: Int = .max) -> Bool {
    var status = stat()
    return stat(resolved(path), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_size <= limit
  }

  /// Gives the new file the permissions of the one it replaces; a file without predecessor stays
  /// private.
  private static func keepMode(of path: String, on descriptor: Int32) {
    var before = stat()
    if stat(path, &before) == 0 { fchmod(descriptor, before.st_mode & 0o777) }
  }
}
