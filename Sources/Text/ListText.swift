/// Wording helpers for messages about lists and counts.
package enum ListText {
  /// Joins words as in `a, b and c`, or with another conjunction.
  package static func listed(_ words: [String], _ conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// The grammatical number of a subject, with the verb and pronoun forms that agree with it.
  package enum Number {
    case one, many

    package var are: String { self == .one ? "is" : "are" }
    package var have: String { self == .one ? "has" : "have" }
    package var satisfy: String { self == .one ? "satisfies" : "satisfy" }
    package var their: String { self == .one ? "its" : "their" }
  }
}
