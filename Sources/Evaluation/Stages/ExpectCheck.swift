import API
import Language

/// Performs the checks of `expect`.
package enum ExpectCheck {
  /// Throws with exit code 5 if the rows don't match the expectation, which is written at `span`.
  package static func check(
    _ rows: Rows, _ expectation: CheckedExpectation, _ evaluator: Evaluator, at span: SourceSpan
  ) throws(RunError) {
    guard let found = try violation(expectation.kind, rows, evaluator) else { return }
    let message = try expectation.message.map { message throws(RunError) in
      try evaluator.constant(message).text
    }
    throw RunError(
      .guardRefused, message ?? found, help: message == nil ? nil : found, at: span)
  }

  private static func violation(
    _ kind: CheckedExpectation.Kind, _ rows: Rows, _ evaluator: Evaluator
  ) throws(RunError) -> String? {
    switch kind {
    case .count(let comparison, let limit):
      let wanted = try evaluator.constant(limit)
      return try holds(comparison, rows.count, wanted, at: limit.span)
        ? nil : "expected count \(comparison.rawValue) \(wanted.text), found \(rows.count)"
    case .all(let predicate):
      let holds = evaluator.condition(predicate)
      let others = try rows.keeping { row throws(RunError) in !(try holds(row)) }
      return others.isEmpty
        ? nil : "expected all rows to match; \(others.count) of them did not: \(named(others))"
    case .none(let predicate):
      let found = try rows.keeping(evaluator.condition(predicate))
      return found.isEmpty
        ? nil : "expected no row to match; \(found.count) of them did: \(named(found))"
    }
  }

  private static func holds(
    _ comparison: ComparisonOperator, _ count: Int, _ wanted: Value, at span: SourceSpan
  ) throws(RunError) -> Bool {
    do { return try Comparison.holds(comparison, .int(Int64(count)), wanted) } catch {
      throw RunError(.usage, error.message, at: span)
    }
  }

  private static func named(_ rows: [Row]) -> String {
    let ids = rows.prefix(5).map { $0.connection.map { String($0.id) } ?? "a row" }
    let rest = rows.count > 5 ? " and \(rows.count - 5) more" : ""
    return ids.joined(separator: ", ") + rest
  }
}
