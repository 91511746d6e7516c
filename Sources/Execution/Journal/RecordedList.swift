/// A list that a run used, as its journal names it.
package struct RecordedList: Hashable, Sendable {
  package let file: String
  /// SHA-256 of the list's text.
  package let sha256: String
  package let target: String
  /// The file of an earlier list, if ``file`` holds only the differences from it.
  package var base: String?
  /// The reason why the list may be incomplete; `nil` if it is complete.
  package var doubt: String?
}
