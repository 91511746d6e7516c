/// The operators that compare two values. `between` takes three and is handled separately.
package enum ComparisonOperator: String, CaseIterable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
  case isNotIn = "not in"
  case hasAny = "has any"
  case hasAll = "has all"
  case has = "has"
  case contains = "contains"
  case startsWith = "starts with"
  case endsWith = "ends with"
  case like = "like"
  case matches = "matches"

  /// The types that the two sides must have.
  package enum Operands: Sendable {
    /// The same type on both sides, or null.
    case same
    /// The same sortable type on both sides.
    case ordered
    /// An element, and a list of its type.
    case elementOfList
    /// A list, and an element of its type.
    case listAndElement
    /// Two lists of the same type.
    case lists
    /// Two strings.
    case text
  }

  package var operands: Operands {
    switch self {
    case .equal, .notEqual: .same
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .ordered
    case .isIn, .isNotIn: .elementOfList
    case .has: .listAndElement
    case .hasAny, .hasAll: .lists
    case .contains, .startsWith, .endsWith, .like, .matches: .text
    }
  }

  /// Creates the operator that is spelled with a symbol.
  init?(_ symbol: Symbol) {
    switch symbol {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }

  /// An operator spelled with one or two words.
  struct Spelling: Sendable {
    let comparison: ComparisonOperator
    let first: Keyword?
    let second: String?
  }

  /// Returns the operators spelled with words of which this is the first one, longest first.
  static func spelled(by first: Keyword) -> [Spelling] {
    spelled.indices.first { spelled[$0].first == first }.map { spelled[$0].spellings } ?? []
  }

  /// The operators spelled with words, grouped by their first word, longest first.
  private static let spelled = Dictionary(
    grouping: allCases.filter { Symbol(rawValue: $0.rawValue) == nil }.map { comparison in
      let words = comparison.rawValue.split(separator: " ").map(String.init)
      return Spelling(
        comparison: comparison, first: Keyword(rawValue: words[0]),
        second: words.count > 1 ? words[1] : nil)
    }.sorted { $0.second != nil && $1.second == nil }, by: \.first
  ).map { (first: $0.key, spellings: $0.value) }
}
