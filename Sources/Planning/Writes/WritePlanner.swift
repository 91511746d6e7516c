import API
import Evaluation
import JSON
import Language

/// Turns a row into the call that a write stage sends for it. A create may have no row.
package struct WritePlanner {
  let stage: CheckedStage
  let write: WriteStage
  let evaluator: Evaluator

  package init(stage: CheckedStage, write: WriteStage, evaluator: Evaluator) {
    self.stage = stage
    self.write = write
    self.evaluator = evaluator
  }

  private var action: WriteKind { write.action }

  /// The decision for one row: a write, or an outcome without one.
  package enum Decision: Sendable {
    case write(PlannedWrite)
    /// Nothing is sent: the call would change nothing, or an earlier action on the row failed.
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

  /// Returns the outcome of a row that is skipped because an earlier action on it didn't succeed;
  /// otherwise `nil`. A create only reads the row, so it isn't skipped if the row has a connection.
  private func skipped(_ row: Row) -> Outcome? {
    guard let before = row.lastOutcome, action != .create || row.connection == nil else {
      return nil
    }
    let goesOn = before == .done || before == .unchanged
    return goesOn ? nil : .behind(before)
  }

  private func call(_ row: Row) throws(RunError) -> WriteCall {
    switch action {
    case .create: .create(try body(row))
    case .update: .update(id: try target(row), try body(row))
    case .disconnect: .disconnect(id: try target(row), force: isForced)
    case .delete: .delete(id: try target(row))
    }
  }

  /// The id of the row's connection. The checker makes sure that the rows are connections.
  private func target(_ row: Row) throws(RunError) -> Int64 {
    if let connection = row.connection { return connection.id }
    throw RunError(
      .internalError, "`\(stage.name)` reached a row that is not a connection", at: stage.span)
  }

  private var isForced: Bool { !write.constants.isEmpty }

  private var assignments: [CheckedAssignment] { write.assignments }

  /// Returns the row as it is after the action, with the outcome added.
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

  /// Throws if the value has the wrong type. Only values from `raw` can: their type is known only
  /// at run time.
  private func requireType(_ value: Value, _ assignment: CheckedAssignment) throws(RunError) {
    guard case .json(let json) = value, !assignment.field.isConfidential else { return }
    guard Value(json, as: assignment.field.type) == nil else { return }
    throw RunError(
      .usage,
      "`\(assignment.field.name)` would become \(json.text), which is not of type "
        + assignment.field.type.description, at: assignment.value.span)
  }

  /// Returns `true` iff the call is an update that would change nothing.
  private func isUnchanged(_ call: WriteCall, _ connection: Connection) -> Bool {
    guard case .update(_, let fields) = call else { return false }
    return fields.allSatisfy { $0.isHeld(by: connection) ?? false }
  }

  // MARK: Templates

  /// Returns the request for an unknown row, with `{id}` and the source of values that depend on
  /// it.
  func template(id: String, source: (SourceSpan) -> String) -> Request {
    switch action {
    case .create: .create(templateBody(source))
    case .update: .update(id, templateBody(source))
    case .disconnect: .disconnect(id, force: isForced)
    case .delete: .delete(id)
    }
  }

  /// `true` iff the requests for all rows differ only in the id.
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

  /// Returns the value if it is the same for every row, otherwise its source; hides confidential
  /// source.
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
  /// Marks every leaf of a confidential field, so that no output can show it.
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
