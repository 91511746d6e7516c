import Evaluation
import Language

/// The file system as scripts see it: `-` is stdin.
struct DataDisk: Disk {
  let disk: SystemDisk
  let input: StandardInput

  func read(_ path: String) throws(DiskError) -> [UInt8] {
    path == DataFile.standardInput ? try input.data() : try disk.read(path)
  }

  func exists(_ path: String) -> Bool { disk.exists(path) }

  func create(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    try disk.create(path, with: bytes)
  }

  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    try disk.replace(path, with: bytes)
  }
}
