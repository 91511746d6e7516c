import Evaluation
import Language

/// The file system as scripts see it: `-` is stdin.
struct DataDisk: Disk {
  let disk: SystemDisk
  let input: StandardInput
  let checked: CheckedDataFiles

  func read(_ path: String) throws(DiskError) -> [UInt8] {
    path == DataFile.standardInput ? try input.data() : try disk.read(path)
  }

  /// A file is read when a script is checked. When it runs, the rows of the first time are used if the
  /// file still has the same content.
  func data(_ file: DataFile) throws(DiskError) -> DataContent {
    let version = version(of: file)
    if let known = checked.take(file), try isSame(file.path, known, version) {
      return known.content
    }
    let content = DataContent(file, try read(file.path))
    checked.store((file, content, version == self.version(of: file) ? version : nil))
    return content
  }

  private func version(of file: DataFile) -> FileVersion? {
    file.path == DataFile.standardInput ? nil : FileVersion(ofSettled: disk.resolved(file.path))
  }

  private func isSame(
    _ path: String, _ known: CheckedDataFiles.Entry, _ version: FileVersion?
  ) throws(DiskError) -> Bool {
    if version != nil, version == known.version { return true }
    let bytes = known.content.bytes
    return path == DataFile.standardInput
      ? try input.data() == bytes : try disk.hasContent(path, bytes)
  }

  func exists(_ path: String) -> Bool { disk.exists(path) }

  func create(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    try disk.create(path, with: bytes)
  }

  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    try disk.replace(path, with: bytes)
  }
}
