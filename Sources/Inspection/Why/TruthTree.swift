import Evaluation
import JSON
import Language
import Planning
import Text

/// Splits a predicate into its conditions and evaluates each for one row.
package struct TruthTree {
  private let evaluator: Evaluator
  private let text: ExpressionText

  package init(_ environment: Environment, sources: SourceMap) {
    evaluator = Evaluator(environment)
    text = ExpressionText(sources: sources)
  }

  /// Returns the predicate with its value for the row. That value decides whether the row is
  /// selected.
  package func node(_ predicate: CheckedExpression, _ row: Row) -> TruthNode {
    let children = predicate.operands.filter(\.isCondition)
    let isMade = !children.isEmpty && children.count == predicate.operands.count
    let result = Result { () throws(RunError) in try evaluator.holds(predicate, row) }
    return TruthNode(
      text: text.of(predicate), verdict: Self.verdict(result),
      facts: isMade ? [] : facts(predicate, row), note: note(predicate, row, result),
      children: children.map { node($0, row) })
  }

  private static func verdict(_ result: Result<Bool, RunError>) -> TruthNode.Verdict {
    switch result {
    case .success(let holds): .holds(holds)
    case .failure: .failed
    }
  }

  // MARK: Facts

  private func facts(_ condition: CheckedExpression, _ row: Row) -> [String] {
    var names: Set<String> = []
    var facts: [String] = []
    func add(_ expression: CheckedExpression) {
      if expression.isCondition, expression.span != condition.span { return }
      if expression.isFact(besides: condition) {
        let name = text.of(expression)
        guard names.insert(name).inserted else { return }
        facts.append("\(name) = \(value(expression, row))")
      }
      if case .field(_, "connected") = expression.kind { facts += reasons(row) }
      if case .member = expression.kind { return }
      expression.operands.forEach(add)
    }
    add(condition)
    return facts
  }

  /// Returns the fields that `connected` is derived from.
  private func reasons(_ row: Row) -> [String] {
    ["authorization_status", "authorized_at", "connection_lost_at"].compactMap { name in
      guard let field = Field.named(name), let connection = row.connection, row.isWhole else {
        return nil
      }
      let value = try? connection.value(of: field)
      return "\(name) = \(value?.literalText ?? "unreadable")"
    }
  }

  private func value(_ expression: CheckedExpression, _ row: Row) -> String {
    (try? evaluator.value(expression, row).literalText) ?? "unreadable"
  }

  // MARK: Notes

  private func note(
    _ condition: CheckedExpression, _ row: Row, _ result: Result<Bool, RunError>
  ) -> String? {
    switch (condition.kind, result) {
    case (_, .failure(let error)): error.message.escapingHiddenCharacters()
    case (.comparison(let comparison, let left, let right), .success(false)):
      note(comparison, [left, right].filter { isNull($0, row) })
    case (.matches(let text, _), .success(false)): isNull(text, row) ? Self.withNull : nil
    case (.between(let value, let low, let high), .success(false)):
      [value, low, high].contains { isNull($0, row) } ? Self.withNull : nil
    default: nil
    }
  }

  private func note(_ comparison: ComparisonOperator, _ nulls: [CheckedExpression]) -> String? {
    guard let null = nulls.first else { return nil }
    switch comparison {
    case .equal, .notEqual: return nil
    default:
      if case .list = null.type { return "a list that is null counts as empty" }
      return Self.withNull
    }
  }

  private static let withNull = "a comparison with null is false"

  private func isNull(_ expression: CheckedExpression, _ row: Row) -> Bool {
    (try? evaluator.value(expression, row).isNull) ?? false
  }
}

extension CheckedExpression {
  /// `true` iff the expression is a condition by itself: true or false, and neither a variable nor
  /// a literal.
  fileprivate var isCondition: Bool {
    switch kind {
    case .not, .logical, .comparison, .matches, .between: true
    case .conditional: type == .bool
    case .field: type == .bool
    case .call: type == .bool
    default: false
    }
  }

  /// Returns `true` iff the value should be shown next to the condition that contains it.
  fileprivate func isFact(besides condition: CheckedExpression) -> Bool {
    switch kind {
    case .field, .variable, .rowField, .member: true
    case .call, .arithmetic, .coalesce, .interpolation, .negated:
      span != condition.span && !operands.isEmpty
    case .conditional: type != .bool
    default: false
    }
  }
}

extension Value {
  /// The value in the syntax of the language, shortened if it is long.
  var literalText: String {
    let text =
      switch unwrapped {
      case .null: "null"
      case .string(let text): text.quoted
      case .list(let values): "[" + values.map(\.literalText).joined(separator: ", ") + "]"
      case .record, .json: json.text.escapingHiddenCharacters()
      default: self.text.escapingHiddenCharacters()
      }
    return text.truncated(to: Self.longestLiteral)
  }

  private static let longestLiteral = 120
}
