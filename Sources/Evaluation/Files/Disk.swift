/// Access to files. Everything that reads or writes a file goes through here, so tests can replace
/// it.
package protocol Disk: Sendable {
  /// Returns the content of the file. Throws if it can't be read.
  func read(_ path: String) throws(DiskError) -> [UInt8]
  /// Replaces the file atomically: on failure it stays as it was.
  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError)
}
