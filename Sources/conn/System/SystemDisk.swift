import ConnectionsClient
import Evaluation
import Glibc
import Language

/// The file system of the machine. Errors name a file as the caller did.
struct SystemDisk: Disk {
  /// The directory that relative paths refer to.
  let directory: String
  /// The directory that a leading `~` stands for; `nil` if it stands for itself.
  var home: String?
  /// The secrets that no file shows that a run writes.
  var secrets = KnownSecrets()

  /// Maximum size of a data file in bytes.
  static let limit = 1 << 30

  func read(_ path: String) throws(DiskError) -> [UInt8] {
    try bounded(readRegular(path, limit: Self.limit), Self.limit, path)
  }

  /// Reads a script: a file, or a pipe until its writers close it. `patience` is the longest wait,
  /// in milliseconds, for the next bytes of a pipe.
  func readScript(_ path: String, patience: Int32 = 60_000) throws(DiskError) -> [UInt8] {
    try requireNoNUL(path)
    let descriptor = try SystemFile.open(resolved(path), named: path, allowingPipe: true)
    defer { close(descriptor) }
    let limit = Analysis.maxBytes
    guard let bytes = FileBytes.read(descriptor, limit: limit, patience: patience) else {
      throw SystemFile.problem("cannot read", path)
    }
    return try bounded(bytes, limit, path)
  }

  private func bounded(_ bytes: [UInt8], _ limit: Int, _ path: String) throws(DiskError) -> [UInt8]
  {
    if bytes.count <= limit { return bytes }
    throw DiskError("`\(path)` is larger than \(limit >> 20) MiB")
  }

  /// `true` iff the regular file has exactly this content.
  func hasContent(_ path: String, _ bytes: [UInt8]) throws(DiskError) -> Bool {
    let descriptor = try descriptor(of: path)
    defer { close(descriptor) }
    guard let isSame = FileBytes.areSame(descriptor, bytes) else {
      throw SystemFile.problem("cannot read", path)
    }
    return isSame
  }

  /// Reads a file that the program wrote itself; throws for links and pipes.
  func readOwn(_ path: String) throws(DiskError) -> [UInt8] {
    try readRegular(path, limit: Self.limit, O_NOFOLLOW)
  }

  /// Reads a regular file, also through a link. If it has more than `limit` bytes, returns a little
  /// more than `limit`.
  func readRegular(_ path: String, limit: Int, _ flags: Int32 = 0) throws(DiskError) -> [UInt8] {
    let descriptor = try descriptor(of: path, flags)
    defer { close(descriptor) }
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw SystemFile.problem("cannot read", path)
    }
    return bytes
  }

  /// Opens a regular file for reading.
  func descriptor(of path: String, _ flags: Int32 = 0) throws(DiskError) -> Int32 {
    try requireNoNUL(path)
    return try SystemFile.open(resolved(path), flags, named: path)
  }

  func exists(_ path: String) -> Bool { FilePath.status(resolved(path)) != nil }

  /// Throws if the name contains NUL, where the system would end it.
  func requireNoNUL(_ path: String) throws(DiskError) {
    if path.utf8.contains(0) { throw DiskError("a file name can't contain NUL: `\(path)`") }
  }

  /// Returns the absolute path, with a leading `~/` expanded as in a shell; an empty one for an empty name, or one with NUL, which no file has.
  func resolved(_ path: String) -> String {
    if path.utf8.contains(0) { return "" }
    if let home, path.hasPrefix("~/") { return home + path.dropFirst() }
    return path.isEmpty || path.hasPrefix("/") ? path : directory + "/" + path
  }

  /// `true` iff the path names a regular file of at most `limit` bytes.
  func isFile(_ path: String, noLargerThan limit: Int = .max) -> Bool {
    var status = stat()
    return stat(resolved(path), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_size <= limit
  }
}
