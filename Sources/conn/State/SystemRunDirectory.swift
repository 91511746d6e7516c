import Evaluation
import Execution
import Glibc
import Synchronization

/// The files of one run. The journal stays locked while the process lives, so that two processes
/// can't work on the same run.
final class SystemRunDirectory: RunDirectory {
  let path: String
  var id: String? { name }
  private let name: String
  private let journal: Int32
  private let disk: SystemDisk
  /// The size of the journal in bytes, as this process left it.
  private let size: Mutex<off_t>

  /// Opens or creates the journal and locks it. Throws if another process has locked it.
  init(_ path: String, _ disk: SystemDisk, isNew: Bool) throws(DiskError) {
    (self.path, self.disk) = (path, disk)
    name = String(path.split(separator: "/").last ?? "")
    let kind = isNew ? O_CREAT | O_EXCL : 0
    journal = try SystemFile.open("\(path)/journal.jsonl", O_RDWR | O_APPEND | O_NOFOLLOW | kind)
    size = Mutex(lseek(journal, 0, SEEK_END))
    guard flock(journal, LOCK_EX | LOCK_NB) == 0 else {
      close(journal)
      throw DiskError("run \(name) is still running in another process")
    }
    if isNew { try SystemFile.syncDirectory(path) }
  }

  deinit { close(journal) }

  func append(_ bytes: [UInt8]) throws(DiskError) {
    guard FileBytes.write(bytes, to: journal), fdatasync(journal) == 0 else {
      let problem = SystemFile.problem("cannot write", "\(path)/journal.jsonl")
      // A part may have been written.
      size.withLock { $0 = lseek(journal, 0, SEEK_END) }
      throw problem
    }
    size.withLock { $0 += off_t(bytes.count) }
    try requireInPlace()
  }

  func requireInPlace() throws(DiskError) {
    var (open, named) = (stat(), stat())
    guard fstat(journal, &open) == 0, lstat("\(path)/journal.jsonl", &named) == 0,
      open.st_dev == named.st_dev, open.st_ino == named.st_ino,
      open.st_size == size.withLock({ $0 })
    else { throw DiskError("`\(path)/journal.jsonl` was removed, replaced or changed") }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws(DiskError) {
    try disk.replace("\(path)/\(name)", with: bytes)
    try SystemFile.syncDirectory(path)
  }

  func read(_ name: String) throws(DiskError) -> [UInt8] {
    try disk.readOwn("\(path)/\(name)")
  }

  /// Saves the incomplete last line to `journal.torn`, and truncates the journal to complete lines.
  func setAside(_ bytes: ArraySlice<UInt8>, keeping length: Int) throws(DiskError) {
    try write("journal.torn", Array(bytes))
    guard ftruncate(journal, off_t(length)) == 0, fsync(journal) == 0 else {
      throw SystemFile.problem("cannot write", "\(path)/journal.jsonl")
    }
    size.withLock { $0 = off_t(length) }
  }
}
