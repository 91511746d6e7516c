import API
import Evaluation
import JSON
import Language

/// Turns a row, or no row at all, into the call that a write stage sends for it.
package struct WritePlanner {
  let stage: CheckedStage
  let action: WriteKind
  let evaluator: Evaluator

  package init(stage: CheckedStage, action: WriteKind, evaluator: Evaluator) {
    self.stage = stage
    self.action = action
    self.evaluator = evaluator
  }

  /// What a row comes to.
  package enum Decision: Sendable {
    case write(PlannedWrite)
    /// The call would change nothing, or the row is none to act on.
    case outcome(Outcome)

    package var write: PlannedWrite? { if case .write(let write) = self { write } else { nil } }

    package var outcome: Outcome? { if case .outcome(let outcome) = self { outcome } else { nil } }
  }

  package func decide(_ row: Row) throws(RunError) -> Decision {
    if let skipped = skipped(row) { return .outcome(skipped) }
    let call = try call(row)
    let connection = action == .create ? nil : row.connection
    if let connection, !row.isUnlisted, isUnchanged(call, connection) {
      return .outcome(Outcome(.unchanged))
    }
    return .write(planned(call, connection, of: row))
  }

  private func planned(_ call: WriteCall, _ connection: Connection?, of row: Row) -> PlannedWrite {
    var write = PlannedWrite(
      action: action, call: call, connection: connection, effect: stage.effect, span: stage.span)
    if call.isCreate { write.origin = row.connection?.id }
    return write
  }

  /// Behind another action, only what was done there is acted on. A create needs no more than the
  /// row's connection, which it may name.
  private func skipped(_ row: Row) -> Outcome? {
    guard let before = row.lastOutcome, action != .create || row.connection == nil else {
      return nil
    }
    let goesOn = before == .done || before == .unchanged
    return goesOn ? nil : .behind(before)
  }

  private func call(_ row: Row) throws(RunError) -> WriteCall {
    let id = row.connection?.id ?? 0
    return switch action {
    case .create: .create(try body(row))
    case .update: .update(id: id, try body(row))
    case .disconnect: .disconnect(id: id, force: isForced)
    case .delete: .delete(id: id)
    }
  }

  private var isForced: Bool {
    if case .flags(let flags) = stage.arguments { flags.contains("force") } else { false }
  }

  private var assignments: [CheckedAssignment] {
    if case .assignments(let assignments) = stage.arguments { assignments } else { [] }
  }

  /// Returns the row as it is behind the action, with what became of it.
  package func outcomeRow(_ row: Row, _ outcome: Outcome) -> Row {
    acted(row, outcome).noting(outcome.kind)
  }

  private func acted(_ row: Row, _ outcome: Outcome) -> Row {
    let values = outcome.values(action: action.rawValue)
    guard action == .create else { return acted(row, outcome.connection, values) }
    guard let connection = outcome.connection else {
      let blank = Array(repeating: Value.null, count: Field.readable.count)
      return Row(values: blank + values)
    }
    return Row(connection).replacing(nil, added: values)
  }

  private func acted(_ row: Row, _ connection: Connection?, _ values: [Value]) -> Row {
    if row.isWhole { return row.replacing(connection, added: values) }
    let columns = stage.input.columns
    let replaced = Set(Outcome.columns.map(\.name))
    let kept = columns.indices.filter { !replaced.contains(columns[$0].name) }
    return Row(
      values: kept.map { (try? row.value($0)) ?? .null } + values,
      connection: connection ?? row.connection)
  }

  // MARK: Bodies

  private func body(_ row: Row) throws(RunError) -> [RequestBody.Member] {
    try assignments.mapping { assignment throws(RunError) in
      let value = try evaluator.value(assignment.value, row)
      try requireType(value, assignment)
      return RequestBody.Member(
        assignment.field.bodyName,
        RequestBody(value, isConfidential: assignment.field.isConfidential))
    }
  }

  /// What comes out of `raw` has its type at run time only.
  private func requireType(_ value: Value, _ assignment: CheckedAssignment) throws(RunError) {
    guard case .json(let json) = value, !assignment.field.isConfidential else { return }
    guard Value(json, as: assignment.field.type) == nil else { return }
    throw RunError(
      .usage,
      "`\(assignment.field.name)` would become \(json.text), which is no "
        + assignment.field.type.description, at: assignment.value.span)
  }

  /// An update to what a connection has already is not sent.
  private func isUnchanged(_ call: WriteCall, _ connection: Connection) -> Bool {
    guard case .update(_, let fields) = call else { return false }
    return fields.allSatisfy { $0.isHeld(by: connection) ?? false }
  }

  // MARK: Templates

  /// The request for a row that is not known: `{id}`, and the text of what a row decides.
  func template(id: String, source: (SourceSpan) -> String) -> Request {
    switch action {
    case .create: .create(templateBody(source))
    case .update: .update(id, templateBody(source))
    case .disconnect: .disconnect(id, force: isForced)
    case .delete: .delete(id)
    }
  }

  /// `true` iff the request is the same for every row but for the id.
  var isConstant: Bool {
    assignments.allSatisfy { $0.value.isConstant && (try? evaluator.constant($0.value)) != nil }
  }

  private func templateBody(_ source: (SourceSpan) -> String) -> [RequestBody.Member] {
    assignments.map { assignment in
      let isConfidential = assignment.field.isConfidential
      return RequestBody.Member(
        assignment.field.bodyName, template(assignment.value, isConfidential, source))
    }
  }

  /// The value where it is the same for every row; else its text, or nothing where it is hidden.
  private func template(
    _ expression: CheckedExpression, _ isConfidential: Bool, _ source: (SourceSpan) -> String
  ) -> RequestBody {
    if expression.isConstant, let value = try? evaluator.constant(expression) {
      return RequestBody(value, isConfidential: isConfidential)
    }
    if case .record(let entries) = expression.kind {
      return .object(
        entries.map { RequestBody.Member($0.key, template($0.value, isConfidential, source)) })
    }
    return isConfidential ? .confidential(.null) : .json(.string("{\(source(expression.span))}"))
  }
}

extension RequestBody {
  /// Every leaf of a confidential field is hidden on every way out.
  package init(_ value: Value, isConfidential: Bool) {
    switch value {
    case .secret(let reference): self = .secret(reference)
    case .record(let members):
      self = .object(
        members.map { Member($0.name, RequestBody($0.value, isConfidential: isConfidential)) })
    case .list(let values):
      self = .array(values.map { RequestBody($0, isConfidential: isConfidential) })
    default: self = isConfidential ? .confidential(value.json) : .json(value.json)
    }
  }
}
