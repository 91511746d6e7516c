/// A message about how a file was read.
package struct FileNote: Hashable, Sendable {
  package let text: String
  /// `true` iff the message is shown only with `--verbose`.
  package let isDetail: Bool

  init(_ text: String, isDetail: Bool = false) {
    self.text = text
    self.isDetail = isDetail
  }
}
