/// The connectives.
package enum LogicalOperator: String, Sendable {
  case or, and
}

/// `+` and `-`.
package enum ArithmeticOperator: String, Sendable {
  case plus = "+"
  case minus = "-"
}

/// The operators that compare two values; `between` takes three and stands apart.
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

  /// What the two sides must be.
  package enum Operands: Sendable {
    /// The same type, or null.
    case same
    /// The same type, one that has an order.
    case ordered
    /// An element and a list of its type.
    case elementOfList
    /// A list and an element of its type.
    case listAndElement
    /// Two lists of one type.
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

  /// The words of an operator that is spelled with words.
  var words: [String] { rawValue.split(separator: " ").map(String.init) }

  static let symbolic: [Symbol: ComparisonOperator] = [
    .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual,
    .greater: .greater, .greaterOrEqual: .greaterOrEqual,
  ]

  /// The operators spelled with words, longest first.
  static let spelled = allCases.filter { $0.rawValue.utf8.first.map(\.isNameStart) ?? false }
    .sorted { $0.words.count > $1.words.count }
}

/// The words that name no field or function in an expression, because an operator or a conditional
/// begins with them.
package enum ReservedWord: String, CaseIterable, Sendable {
  case and, or, not, `in`, has, contains, like, matches, between, `if`, then, `else`
}
