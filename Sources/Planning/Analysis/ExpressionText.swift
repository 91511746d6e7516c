import Language
import Text

/// Renders checked expressions as source text. Inside a definition, parameters are replaced by the
/// arguments of its call.
package struct ExpressionText {
  let sources: SourceMap

  package init(sources: SourceMap) {
    self.sources = sources
  }

  /// Returns the expression on one line.
  package func of(_ expression: CheckedExpression) -> String {
    if expression.isWhole(in: expression.span) { return sources.text(expression.span).onOneLine }
    return composed(expression)
  }

  private func composed(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .logical(let connective, let values):
      values.map(operand).joined(separator: " \(connective.rawValue) ")
    case .not(let value): "not \(operand(value))"
    case .negated(let value): "-\(operand(value))"
    case .comparison(let comparison, let left, let right):
      "\(operand(left)) \(comparison.rawValue) \(operand(right))"
    case .between(let value, let low, let high):
      "\(operand(value)) between \(operand(low)) and \(operand(high))"
    case .arithmetic(let sign, let left, let right):
      "\(operand(left)) \(sign.rawValue) \(operand(right))"
    case .coalesce(let left, let right): "\(operand(left)) ?? \(operand(right))"
    case .conditional(let condition, let then, let other):
      "if \(of(condition)) then \(operand(then)) else \(operand(other))"
    case .call(let name, let arguments): "\(name)(\(arguments.map(of).joined(separator: ", ")))"
    case .list(let elements): "[\(elements.map(of).joined(separator: ", "))]"
    case .member(let value, let name): "\(operand(value)).\(name)"
    default: sources.text(expression.span).onOneLine
    }
  }

  /// Returns the expression, in parentheses if it contains an operator.
  private func operand(_ expression: CheckedExpression) -> String {
    switch expression.kind {
    case .logical, .not, .negated, .comparison, .matches, .between, .arithmetic, .coalesce,
      .conditional:
      "(\(of(expression)))"
    default: of(expression)
    }
  }
}

extension CheckedExpression {
  /// Returns `true` iff every part of the expression is written at `span`.
  fileprivate func isWhole(in span: SourceSpan) -> Bool {
    operands.allSatisfy { operand in
      span.start <= operand.span.start && operand.span.end <= span.end
        && operand.isWhole(in: span)
    }
  }
}
