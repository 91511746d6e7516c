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

  /// Returns the rows that an expectation counts: for `all`, those that don't match; for `none`,
  /// those that do.
  package static func counted(
    by kind: CheckedExpectation.Kind, _ rows: Rows, _ evaluator: Evaluator
  ) throws(RunError) -> [Row] {
    switch kind {
    case .count: return Array(rows)
    case .all(let predicate):
      let holds = evaluator.condition(predicate)
      return try rows.keeping { row throws(RunError) in !(try holds(row)) }
    case .none(let predicate): return try rows.keeping(evaluator.condition(predicate))
    }
  }

  private static func violation(
    _ kind: CheckedExpectation.Kind, _ rows: Rows, _ evaluator: Evaluator
  ) throws(RunError) -> String? {
    switch kind {
    case .count(let comparison, let limit):
      let wanted = try evaluator.constant(limit)
      return try holds(comparison, rows.count, wanted, at: limit.span)
        ? nil : "expected count \(comparison.rawValue) \(wanted.text), found \(rows.count)"
    case .all, .none:
      let found = try counted(by: kind, rows, evaluator)
      return found.isEmpty ? nil : Self.found(found, kind)
    }
  }

  private static func holds(
    _ comparison: ComparisonOperator, _ count: Int, _ wanted: Value, at span: SourceSpan
  ) throws(RunError) -> Bool {
    do { return try Comparison.holds(comparison, .int(Int64(count)), wanted) } catch {
      throw RunError(.usage, error.message, at: span)
    }
  }

  private static func found(_ rows: [Row], _ kind: CheckedExpectation.Kind) -> String {
    let ids = rows.prefix(5).map { $0.connection.map { String($0.id) } ?? "a row" }
    let rest = rows.count > 5 ? " and \(rows.count - 5) more" : ""
    let named = ids.joined(separator: ", ") + rest
    return if case .all = kind {
      "expected all rows to match; \(rows.count) of them did not: \(named)"
    } else {
      "expected no row to match; \(rows.count) of them did: \(named)"
    }
  }
}
