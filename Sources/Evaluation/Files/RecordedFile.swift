/// What a journal holds of such a file.
package struct RecordedFile: Sendable {
  package let sha256: String
  /// `nil` where no copy was kept.
  package let bytes: [UInt8]?

  package init(sha256: String, bytes: [UInt8]?) {
    self.sha256 = sha256
    self.bytes = bytes
  }
}
