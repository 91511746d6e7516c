import Evaluation
import Glibc
import JSON

/// The statements of earlier sessions, in a private file with one JSON object per line (`time`,
/// `text`). Any number of sessions can append to it; each locks the file for that.
struct History {
  /// The file; `nil` if there is no state directory.
  let path: String?

  /// Maximum number of statements that can be recalled.
  static let maxEntries = 5_000
  /// Maximum size of a statement in bytes; longer ones aren't saved.
  private static let longest = 1 << 16
  /// Maximum size of the file in bytes; a larger one loses its older half.
  private static let largest = 1 << 20
  private static let attempts = 50
  private static let pause: UInt32 = 10_000

  /// `true` iff the file is larger than any that is written here. It isn't shortened then, since it may
  /// be somebody's archive.
  var isOversized: Bool { path.map { Self.size(of: $0) > Self.largest * 2 } ?? false }

  private static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  var exists: Bool { path.map { access($0, F_OK) == 0 } ?? false }

  /// Returns the latest statements, oldest first, and skips invalid lines.
  func entries() -> [String] {
    guard let path, let descriptor = try? open(path, O_RDONLY) else { return [] }
    defer { close(descriptor) }
    return Array(Self.lines(of: descriptor).compactMap(Self.text).suffix(Self.maxEntries))
  }

  /// Appends a statement; throws if it can't be saved.
  func add(_ statement: String, at time: String) throws(DiskError) {
    guard statement.utf8.count <= Self.longest, let path else { return }
    guard StateDirectory.make(SystemFile.directory(of: path)) else {
      throw SystemFile.problem("cannot create the directory of", path)
    }
    let descriptor = try locked(path)
    defer { close(descriptor) }
    let entry = JSON.object(JSON.Object([("time", .string(time)), ("text", .string(statement))]))
    let mend = Self.endsInLine(descriptor) ? "" : "\n"
    guard FileBytes.write(mend + entry.text + "\n", to: descriptor) else {
      throw SystemFile.problem("cannot write", path)
    }
    try shorten(path, descriptor)
  }

  // MARK: The file

  private func open(_ path: String, _ flags: Int32) throws(DiskError) -> Int32 {
    let descriptor = try SystemFile.open(path, flags | O_NOFOLLOW)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_uid == geteuid() else {
      close(descriptor)
      throw DiskError("`\(path)` belongs to another user")
    }
    if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
    return descriptor
  }

  /// Opens the file and locks it. It tries again if another session has replaced the file with a
  /// shorter one in the meantime.
  private func locked(_ path: String) throws(DiskError) -> Int32 {
    for _ in 0..<Self.attempts {
      let descriptor = try open(path, O_RDWR | O_CREAT | O_APPEND)
      var status = stat()
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0,
        status.st_nlink > 0
      {
        return descriptor
      }
      close(descriptor)
      usleep(Self.pause)
    }
    throw DiskError("`\(path)` is locked by another program")
  }

  private static func endsInLine(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    return size == 0 || pread(descriptor, &last, 1, size - 1) != 1 || last == UInt8(ascii: "\n")
  }

  /// The lines in the last 2 MiB.
  private static func lines(of descriptor: Int32) -> [[UInt8]] {
    let start = max(0, Int(lseek(descriptor, 0, SEEK_END)) - largest * 2)
    lseek(descriptor, start, SEEK_SET)
    let bytes = FileBytes.read(descriptor, limit: largest * 2, patience: 0) ?? []
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    return start == 0 ? lines : Array(lines.dropFirst())
  }

  private static func text(_ line: [UInt8]) -> String? {
    (try? JSONParser.parse(line))?["text"]?.string
  }

  private func shorten(_ path: String, _ descriptor: Int32) throws(DiskError) {
    let present = lseek(descriptor, 0, SEEK_END)
    guard present > Self.largest, present <= Self.largest * 2 + Self.longest * 2 else { return }
    var size = 0
    let kept = Self.lines(of: descriptor).reversed().prefix { line in
      size += line.count + 1
      return size <= Self.largest / 2
    }
    try SystemDisk(directory: "/").replace(
      path, with: kept.reversed().flatMap { $0 + [UInt8(ascii: "\n")] })
  }
}
