/// The precedence levels of operators, loosest first. The parser descends them, the formatter
/// places parentheses by them, and the reference page lists them.
package enum Precedence: Int, CaseIterable, Comparable, Sendable {
  case or, and, not, comparison, coalesce, additive, unary, member

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// The next tighter level, or `nil` after the tightest.
  var tighter: Precedence? { Precedence(rawValue: rawValue + 1) }

  /// The operators of the level, as written in a script.
  package var operators: [String] {
    switch self {
    case .or: [LogicalOperator.or.rawValue]
    case .and: [LogicalOperator.and.rawValue]
    case .not: ["not"]
    case .comparison: ComparisonOperator.allCases.map(\.rawValue) + ["between … and …"]
    case .coalesce: ["??"]
    case .additive: ["+", "-"]
    case .unary: ["-"]
    case .member: [".name"]
    }
  }

  /// A description of how several operators of the level combine.
  package var grouping: String {
    switch self {
    case .or, .and: "can be chained"
    case .not, .unary: "before its operand"
    case .comparison: "can't be chained"
    case .coalesce, .additive, .member: "left to right"
    }
  }
}

extension Expression {
  /// The level of the outermost operator, or `nil` if there is none.
  var precedence: Precedence? {
    switch kind {
    case .logical(.or, _): .or
    case .logical(.and, _): .and
    case .not: .not
    case .comparison, .between: .comparison
    case .coalesce: .coalesce
    case .arithmetic: .additive
    case .negated: .unary
    case .member: .member
    default: nil
    }
  }
}
