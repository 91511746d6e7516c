/// Words for a person.
enum Words {
  /// `a, b and c`
  static func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// How verbs agree with the number of what they are said of.
  enum Number {
    case one, many

    var are: String { self == .one ? "is" : "are" }
    var have: String { self == .one ? "has" : "have" }
    var satisfy: String { self == .one ? "satisfies" : "satisfy" }
    var their: String { self == .one ? "its" : "their" }
  }
}
