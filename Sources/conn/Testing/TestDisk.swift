import Evaluation
import Language
import Synchronization

/// The files of a script under test: those beside the test can be read, and what the script saves
/// stays in memory.
final class TestDisk: Disk {
  private let disk: SystemDisk
  private let saved = Mutex<[String: [UInt8]]>([:])

  init(_ disk: SystemDisk) { self.disk = disk }

  func read(_ path: String) throws(DiskError) -> [UInt8] {
    if let bytes = saved.withLock({ $0[disk.resolved(path)] }) { return bytes }
    guard path != DataFile.standardInput else { throw DiskError("a test has no stdin") }
    return try disk.read(path)
  }

  /// A file that exists only on the machine can't make a `save` fail.
  func exists(_ path: String) -> Bool { saved.withLock { $0[disk.resolved(path)] != nil } }

  func create(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    if exists(path) { throw DiskError("`\(path)` already exists") }
    try replace(path, with: bytes)
  }

  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    try disk.requireNoNUL(path)
    saved.withLock { $0[disk.resolved(path)] = bytes }
  }
}
