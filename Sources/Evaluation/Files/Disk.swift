/// The one way to files.
package protocol Disk: Sendable {
  /// Throws where the file cannot be read.
  func read(_ path: String) throws(DiskError) -> [UInt8]
  /// Replaces the file, or leaves it as it was.
  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError)
}
