/// How tightly operators bind, loosest first. The parser descends it, the formatter sets brackets by
/// it, and the reference page shows it.
package enum Precedence: Int, CaseIterable, Comparable, Sendable {
  case or, and, not, comparison, coalesce, additive, unary, member

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// The next level, or `nil` behind the tightest.
  var tighter: Precedence? { Precedence(rawValue: rawValue + 1) }

  /// The operators of the level, as they are written.
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

  /// How several operators of the level stand beside each other.
  package var grouping: String {
    switch self {
    case .or, .and: "a chain is one operation"
    case .not, .unary: "before its operand"
    case .comparison: "does not chain"
    case .coalesce, .additive, .member: "from left to right"
    }
  }
}

extension Expression {
  /// The level of the outermost operator; `nil` where there is none.
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
