import Language

/// Access to files. Everything that reads or writes a file goes through here, so tests can replace
/// it.
package protocol Disk: Sendable {
  /// Returns the content of the file. Throws if it can't be read.
  func read(_ path: String) throws(DiskError) -> [UInt8]
  /// Returns the content of a data file, with its rows. Throws if it can't be read.
  func data(_ file: DataFile) throws(DiskError) -> DataContent
  /// `true` iff something has this name, even a link that leads nowhere.
  func exists(_ path: String) -> Bool
  /// Writes a new file atomically. Throws if there is one already.
  func create(_ path: String, with bytes: [UInt8]) throws(DiskError)
  /// Replaces the file atomically: on failure it stays as it was.
  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError)
}

extension Disk {
  package func data(_ file: DataFile) throws(DiskError) -> DataContent {
    DataContent(file, try read(file.path))
  }
}
