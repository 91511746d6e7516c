import API
import Evaluation
import JSON
import Language
import Text

/// Decides for each row of a write stage what is sent for it. A create may have no row.
package struct WritePlanner {
  let stage: CheckedStage
  let write: WriteStage
  let evaluator: Evaluator
  let sources: SourceMap
  /// The assignments whose values are computed from the ids of connections that don't exist yet.
  private let computed: Set<SourceSpan>

  package init(
    _ stage: CheckedStage, _ write: WriteStage, _ evaluator: Evaluator, _ sources: SourceMap,
    computed: Set<SourceSpan> = []
  ) {
    self.stage = stage
    self.write = write
    self.evaluator = evaluator
    self.sources = sources
    self.computed = computed
  }

  private var action: WriteAction { write.action }

  private var creates: Bool { action.definition.creates }

  /// The decision for one row: a write, or an outcome without one.
  package enum Decision: Sendable {
    case write(PlannedWrite)
    /// Nothing is sent: the call would change nothing, or an earlier action on the row failed.
    case outcome(Outcome)

    package var write: PlannedWrite? { if case .write(let write) = self { write } else { nil } }

    /// The outcome if the write succeeds.
    package var outcome: Outcome {
      switch self {
      case .write: Outcome(.done)
      case .outcome(let outcome): outcome
      }
    }
  }

  /// Returns the rows with only the first of each connection: what is written to one is one write,
  /// however often its row occurs. Throws with exit code 5 if the rows want different writes.
  package func distinct(_ rows: Rows) throws(RunError) -> [Row] {
    if creates { return Array(rows) }
    var first: [Int64: Row] = [:]
    var distinct: [Row] = []
    for row in rows {
      if let id = row.connection?.id, let other = first.updateValue(row, forKey: id) {
        first[id] = other
        try requireSame(other, row, id)
      } else {
        distinct.append(row)
      }
    }
    return distinct
  }

  private func requireSame(_ one: Row, _ other: Row, _ id: Int64) throws(RunError) {
    let (one, other) = (try planned(one), try planned(other))
    guard one.call != other.call else { return }
    throw RunError(
      .guardRefused,
      "connection \(id) is in two rows that would change it differently: "
        + "\(one.bodyText) and \(other.bodyText)",
      help: "keep one of its rows, for example with `distinct by id`", at: stage.span)
  }

  package func decide(_ row: Row) throws(RunError) -> Decision {
    if let skipped = skipped(row) { return .outcome(skipped) }
    let planned = try planned(row)
    if let connection = planned.connection, !row.isUnlisted, planned.isUnchanged(connection) {
      return .outcome(Outcome(.unchanged))
    }
    return .write(planned)
  }

  /// Returns the write for the row, whether or not it changes anything.
  package func planned(_ row: Row) throws(RunError) -> PlannedWrite {
    var planned = try planned(row, members: try body(row))
    planned.awaitsID = write.assignments.contains { isUnknown($0, row) }
    return planned
  }

  private func planned(_ row: Row, members: [RequestBody.Member]) throws(RunError) -> PlannedWrite {
    if creates {
      var planned = PlannedWrite(action, id: nil, members, on: nil, span: stage.span)
      planned.existing = write.existing
      return planned
    }
    guard let connection = row.connection else {
      throw RunError(
        .internalError, "`\(stage.name)` reached a row that is not a connection", at: stage.span)
    }
    return PlannedWrite(action, id: connection.id, members, on: connection, span: stage.span)
  }

  /// Returns the write for the connection with this id, or for one that is not known, if nothing is
  /// known of its row: values that depend on the row are shown as their source.
  func template(id: Int64?) -> PlannedWrite {
    let members = write.assignments.map {
      RequestBody.Member($0.field.bodyName, placeholder($0.value, $0.field.isConfidential))
    }
    let tags = (try? self.tags()) ?? [.tags([.placeholder(write, sources)])]
    return PlannedWrite(
      action, id: id, write.constants + tags + members, on: nil, span: stage.span)
  }

  /// Returns the outcome of a row that is skipped because an earlier action on it didn't succeed;
  /// otherwise `nil`. A create only reads the row, so it isn't skipped if the row has a connection.
  package func skipped(_ row: Row) -> Outcome? {
    guard let before = row.lastOutcome, !creates || row.connection == nil else {
      return nil
    }
    let continues = before == .done || before == .unchanged
    return continues ? nil : .behind(before)
  }

  /// Returns the row as it is after the action, with the outcome added.
  package func outcomeRow(_ row: Row, _ outcome: Outcome) -> Row {
    acted(row, outcome).noting(outcome.kind)
  }

  private func acted(_ row: Row, _ outcome: Outcome) -> Row {
    let values = outcome.values(action: action.rawValue)
    guard creates else { return acted(row, outcome.connection, values) }
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

  /// `true` iff the requests for all rows differ only in the id.
  var isConstant: Bool {
    write.assignments.allSatisfy {
      $0.value.isConstant && (try? evaluator.constant($0.value)) != nil
    }
  }

  /// Returns the members of the body for a row.
  private func body(_ row: Row) throws(RunError) -> [RequestBody.Member] {
    try write.constants + tags()
      + write.assignments.mapping { assignment throws(RunError) in
        RequestBody.Member(assignment.field.bodyName, try value(assignment, row))
      }
  }

  private func tags() throws(RunError) -> [RequestBody.Member] {
    write.tags.isEmpty ? [] : [.tags(try evaluator.tags(write.tags))]
  }

  private func value(_ assignment: CheckedAssignment, _ row: Row) throws(RunError) -> RequestBody {
    if isUnknown(assignment, row) {
      return placeholder(assignment.value, assignment.field.isConfidential)
    }
    let value = try evaluator.value(assignment.value, row)
    try requireType(value, assignment)
    return RequestBody(value, isConfidential: assignment.field.isConfidential)
  }

  /// `true` iff the value needs the id of a connection that the plan is going to make, and that doesn't
  /// exist yet. Only `parent_id` may use it freely: the plan refers to the connection by number.
  private func isUnknown(_ assignment: CheckedAssignment, _ row: Row) -> Bool {
    if computed.contains(assignment.value.span) { return true }
    guard !assignment.isReference else { return false }
    return assignment.value.contains { operand in
      switch operand.kind {
      case .field(_, let name): return row.isMade && NewIDs.holdID(name)
      case .rowField(let variable, _, let name):
        guard case .row(let row) = evaluator.environment.variables[variable] else { return false }
        return row.isMade && NewIDs.holdID(name)
      default: return false
      }
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

  /// Returns the value if it is the same for every row, otherwise its source; hides confidential
  /// source.
  private func placeholder(_ expression: CheckedExpression, _ isConfidential: Bool) -> RequestBody {
    if expression.isConstant, let value = try? evaluator.constant(expression) {
      return RequestBody(value, isConfidential: isConfidential)
    }
    if case .record(let entries) = expression.kind {
      return .object(
        entries.map { RequestBody.Member($0.key, placeholder($0.value, isConfidential)) })
    }
    return isConfidential
      ? .confidential(.null) : .json(.string("{\(sources.text(expression.span))}"))
  }
}

extension CheckedAssignment {
  /// `true` iff the assignment sets `parent_id` to the id of a row.
  fileprivate var isReference: Bool {
    switch value.kind {
    case .field(_, "id"), .rowField(_, _, "id"): field.name == "parent_id"
    default: false
    }
  }
}

extension Row {
  /// `true` iff the row's connection is created only in the simulation.
  fileprivate var isMade: Bool { connection.map { $0.id < 0 } ?? false }
}

extension Tag {
  /// A tag whose name is not known yet, as its source.
  fileprivate static func placeholder(_ write: WriteStage, _ sources: SourceMap) -> Tag {
    let texts = write.tags.map { sources.text($0.span) }
    let text = "{\(ListText.listed(texts))}"
    return Tag(handle: text, title: text)
  }
}

extension PlannedWrite {
  /// The body on one line; confidential values are hidden.
  fileprivate var bodyText: String {
    members.map { "`\($0.name)` to \($0.text)" }.joined(separator: ", ")
  }

  /// Returns `true` iff the connection already has every value that the call sets.
  fileprivate func isUnchanged(_ connection: Connection) -> Bool {
    guard !awaitsID else { return false }
    switch definition.proof {
    case .newConnection, .fields:
      return members.allSatisfy { $0.isHeld(by: connection) ?? false }
    case .contents(let isHeld): return isHeld(connection, members)
    case .state: return false
    }
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
