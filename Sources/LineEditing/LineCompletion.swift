/// What could stand at the cursor.
package struct LineCompletion: Sendable {
  /// Where it begins to replace the text.
  package let start: Int
  /// What all candidates have in common, to be put in their place.
  package let common: String
  package let candidates: [String]
  /// What a person is shown where there are several; whole lines.
  package let listing: String

  package init(start: Int, common: String, candidates: [String], listing: String) {
    self.start = start
    self.common = common
    self.candidates = candidates
    self.listing = listing
  }
}
