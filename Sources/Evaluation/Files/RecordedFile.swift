/// A file that a run read, as its journal recorded it.
package struct RecordedFile: Sendable {
  package let sha256: String
  /// The content; `nil` if no copy was kept.
  package let bytes: [UInt8]?

  package init(sha256: String, bytes: [UInt8]?) {
    self.sha256 = sha256
    self.bytes = bytes
  }
}
