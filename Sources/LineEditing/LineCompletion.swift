/// The candidates for completing the text at the cursor.
package struct LineCompletion: Sendable {
  /// UTF-8 offset from which the text is replaced.
  package let start: Int
  /// The common prefix of all candidates, which is inserted.
  package let common: String
  package let candidates: [String]
  /// The lines shown if there are several candidates, each with its newline.
  package let listing: String

  package init(start: Int, common: String, candidates: [String], listing: String) {
    self.start = start
    self.common = common
    self.candidates = candidates
    self.listing = listing
  }
}
