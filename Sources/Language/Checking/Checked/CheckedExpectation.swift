package struct CheckedExpectation: Sendable {
  package let kind: Kind
  package let message: CheckedExpression?

  package enum Kind: Sendable {
    case count(ComparisonOperator, CheckedExpression)
    case all(CheckedExpression)
    case none(CheckedExpression)
  }
}

extension CheckedExpectation {
  var expressions: [CheckedExpression] {
    let subject =
      switch kind {
      case .count(_, let value), .all(let value), .none(let value): value
      }
    return [subject] + (message.map { [$0] } ?? [])
  }
}
