/// Checks stages: their arguments, and the rows that they accept and produce.
extension Checker {
  /// A stage of a pipeline or definition, with the type of its input rows.
  struct FlowingStage {
    let input: RowType
    let written: Stage
    /// `nil` if the stage has an error.
    let checked: CheckedStage?
  }

  /// Appends the stage, or the stages that a call expands to.
  mutating func append(
    _ stage: Stage, to stages: inout [FlowingStage], _ flow: inout RowType, within: [Name]
  ) {
    if case .invocation(let arguments) = stage.arguments {
      stages += expand(stage, arguments, &flow, within: within)
      return
    }
    if !within.isEmpty { expandedStages += 1 }
    let input = flow
    stages.append(FlowingStage(input: input, written: stage, checked: self.stage(stage, &flow)))
  }

  private mutating func stage(_ stage: Stage, _ flow: inout RowType) -> CheckedStage? {
    recordContext(stage: stage, flow)
    guard let definition = vocabulary.stage(stage.name.text),
      let arguments = arguments(stage, definition, flow.schema)
    else {
      flow.schema = .unknown
      return nil
    }
    let input = flow.schema
    let bound = definition.bound(to: arguments)
    requireConnections(stage, definition, flow)
    doubtFailures(stage, definition, flow)
    if definition.measures, !input.isOpen, input.measure == nil {
      report(.nothingToMeasure(stage.name, input))
    }
    if !input.isOpen {
      flow = bound.flow(flow)
      if definition.narrows { flow.wholeList = nil }
      if flow.writtenBy != nil, arguments.excludesDone { flow.areFailures = true }
      if definition.effect > .read { (flow.writtenBy, flow.areFailures) = (definition.name, false) }
      if definition.removes { flow.deletedBy = definition.name }
      if definition.shape == .creation { flow.deletedBy = nil }
    }
    return CheckedStage(
      definition, arguments, meaning: bound.meaning, effect: effect(definition, arguments),
      input: input, output: flow.schema, span: stage.span, call: nil)
  }

  /// Returns the effect of a stage. Sending confidential fields makes the server test them.
  private func effect(_ definition: StageDefinition, _ arguments: CheckedStage.Arguments) -> Effect
  {
    guard arguments.assignments.contains(where: \.field.isConfidential) else {
      return definition.effect
    }
    return max(definition.effect, .reauth)
  }

  private mutating func requireConnections(
    _ stage: Stage, _ definition: StageDefinition, _ input: RowType
  ) {
    guard definition.effect > .read, definition.shape != .creation else { return }
    if let deletion = input.deletedBy { report(.writeToDeleted(stage.name, deletion)) }
    if !input.schema.areConnections { report(.notConnections(stage.name, input.plainReason)) }
  }

  private mutating func arguments(
    _ stage: Stage, _ definition: StageDefinition, _ schema: Schema
  ) -> CheckedStage.Arguments? {
    switch stage.arguments {
    case .invalid: nil
    case .none: CheckedStage.Arguments.none
    case .predicate(let value): .predicate(predicate(value, in: schema))
    case .count(let value): .count(count(value))
    case .columns(let columns): .columns(self.columns(columns, in: schema))
    case .sortKeys(let keys): .sortKeys(keys.map { sortKey($0, in: schema) })
    case .grouping(let grouping): .grouping(self.grouping(grouping, in: schema))
    case .assignments(let list): .assignments(assignments(list, .update, schema))
    case .creation(let existing, let list):
      .creation(
        CheckedCreation(existing: existing, assignments: assignments(list, .create, schema)))
    case .flags(let flags): .flags(Set(flags.map(\.text)))
    case .file(let path, let replaces):
      .file(CheckedOutputFile(path: outputFile(path), replaces: replaces))
    case .tags(let values): .tags(values.map { tag($0) })
    case .format(let name): .format(name?.text)
    case .expectation(let expectation): .expectation(self.expectation(expectation, in: schema))
    case .rows(let source): .rows(otherRows(source, beside: schema))
    case .key(let field):
      .key(expression(Expression(kind: .name(field.text), span: field.span), in: schema))
    case .invocation: nil
    }
  }

  /// Checks the other rows of `diff`. Rows are compared by id, so both sides need one.
  private mutating func otherRows(_ source: Source, beside schema: Schema) -> CheckedSource {
    let other = self.source(source)
    if !schema.isOpen, schema.slot(of: "id") == nil { report(.noIdentifiers(source.span)) }
    if !other.schema.isOpen, other.schema.slot(of: "id") == nil {
      report(.noIdentifiers(other.span))
    }
    return other
  }

  private mutating func count(_ expression: Expression) -> CheckedExpression {
    let value = constant(expression)
    recordContext(expression, wanted: .number)
    require(value, fits: .int, of: "the number of rows")
    if let number = value.constantInt, number < 0 { report(.negativeCount(value.span)) }
    return value
  }

  private mutating func outputFile(_ path: Expression) -> CheckedExpression {
    let value = constant(path)
    recordContext(path, wanted: .type(.string))
    require(value, fits: .string, of: "a file name")
    if case .string(let text) = value.literal, FileKind(path: text) == nil {
      report(.unknownFileKind(value.span))
    }
    return value
  }

  private mutating func tag(_ expression: Expression) -> CheckedExpression {
    let value = constant(expression)
    recordContext(expression, wanted: .type(.string), field: "tag_titles")
    if !value.type.fits(.list(.string)) { require(value, fits: .string, of: "a tag") }
    return value
  }

  private mutating func columns(_ columns: [Column], in schema: Schema) -> [CheckedColumn] {
    var seen: Set<String> = []
    return columns.map { column in
      let value = expression(column.value, in: schema)
      recordContext(taken: seen, column)
      refuseSecret(value)
      if !seen.insert(column.name.text).inserted { report(.duplicateColumn(column.name)) }
      return CheckedColumn(name: canonicalName(column, in: schema), value: value)
    }
  }

  /// Returns the name of a column. A field selected by its alias keeps its own name.
  private func canonicalName(_ column: Column, in schema: Schema) -> String {
    guard case .name(let written) = column.value.kind, written == column.name.text,
      let slot = schema.slot(of: written)
    else { return column.name.text }
    return schema.columns[slot].name
  }

  private mutating func grouping(_ grouping: Grouping, in schema: Schema) -> CheckedGrouping {
    let aggregates = grouping.aggregates.map { aggregate in
      let value = aggregate.value.map { expression($0, in: schema) }
      recordContext(aggregate.value, wanted: .ordered)
      value.map { refuseSecret($0) }
      if let value, !value.type.isOrdered { report(.noOrder(value)) }
      return CheckedAggregate(kind: aggregate.kind, name: aggregate.name.text, value: value)
    }
    let names = grouping.keys.map(\.name) + grouping.aggregates.map(\.name)
    for (index, name) in names.enumerated()
    where names[..<index].contains(where: { $0.text == name.text }) {
      report(.duplicateColumn(name))
    }
    return CheckedGrouping(keys: columns(grouping.keys, in: schema), aggregates: aggregates)
  }

  private mutating func sortKey(_ key: SortKey, in schema: Schema) -> CheckedSortKey {
    if let negated = negatedKey(key, in: schema) { return negated }
    let value = expression(key.value, in: schema)
    recordContext(key.value, wanted: .sortable)
    refuseSecret(value)
    if !value.type.isOrdered, value.type != .bool { report(.noOrder(value)) }
    return CheckedSortKey(value: value, descending: key.descending)
  }

  /// Reports `sort by -name`, which other languages write for descending order.
  private mutating func negatedKey(_ key: SortKey, in schema: Schema) -> CheckedSortKey? {
    guard case .negated(let inner) = key.value.kind, !key.descending else { return nil }
    let value = expression(inner, in: schema)
    guard value.type.isOrdered, ![.int, .duration].contains(value.type) else { return nil }
    report(.negatedKey(key.value.span, inner.span))
    return CheckedSortKey(value: value, descending: true)
  }

  private mutating func expectation(_ expectation: Expectation, in schema: Schema)
    -> CheckedExpectation
  {
    let kind: CheckedExpectation.Kind =
      switch expectation.kind {
      case .count(let comparison, let value): .count(comparison, count(value))
      case .all(let value): .all(predicate(value, in: schema))
      case .none(let value): .none(predicate(value, in: schema))
      }
    let message = expectation.message.map { constant($0) }
    if let message { require(message, fits: .string, of: "the message") }
    return CheckedExpectation(kind: kind, message: message)
  }
}

extension Diagnostic {
  fileprivate static func negatedKey(_ span: SourceSpan, _ key: SourceSpan) -> Diagnostic {
    let end = SourceSpan(span.end, span.end)
    return Diagnostic(
      "C0058", "descending order is spelled `desc` in conn", at: span,
      label: "another language's spelling", help: ["write `desc` after it"],
      fix: Fix("write `desc`", [Edit(SourceSpan(span.start, key.start), ""), Edit(end, " desc")]))
  }

  fileprivate static func noIdentifiers(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0215", "`diff` compares rows by `id`, but these have none", at: span,
      label: "no column `id`", help: ["keep `id` in the earlier `select`"])
  }

  fileprivate static func unknownFileKind(_ span: SourceSpan) -> Diagnostic {
    let endings = FileKind.allCases.map { "`.\($0.rawValue)`" }.joined(separator: ", ")
    return Diagnostic(
      "C0503", "unknown file type", at: span, label: "not a known extension",
      help: ["use one of \(endings)"])
  }

  fileprivate static func writeToDeleted(_ stage: Name, _ deletion: String)
    -> Diagnostic
  {
    Diagnostic(
      "C0312", "`\(stage.text)` after `\(deletion)`", at: stage.span,
      label: "these connections are deleted",
      help: [
        "to write to those that weren't deleted, keep the outcomes: "
          + "`let gone = … | \(deletion)`",
        "then `for row in $gone | where outcome == \"rejected\" { get $row.id | \(stage.text) … }`",
      ])
  }

  fileprivate static func notConnections(_ stage: Name, _ reason: String?) -> Diagnostic {
    Diagnostic(
      "C0302", "`\(stage.text)` needs connections", at: stage.span,
      label: "these rows are not connections",
      help: [
        "rows from `list` and `get` are connections until `group by` or `count`",
        reason.map { "\($0); rows of a file are connections if each has an `id`" }
          ?? "rows of a file are connections if each has an `id`, a whole number from 1",
      ])
  }

  fileprivate static func nothingToMeasure(_ stage: Name, _ schema: Schema) -> Diagnostic {
    let help =
      schema.areConnections && schema.slot(of: "id") != nil
      ? "aggregate the rows: `group by application | \(stage.text)`"
      : "add a numeric column: `select …, n = …`"
    return Diagnostic(
      "C0217", "`\(stage.text)` needs a number in each row", at: stage.span,
      label: schema.columns.contains { $0.type == .int }
        ? "these rows have only ids" : "these rows have no number", help: [help])
  }

  fileprivate static func negativeCount(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0204", "the number of rows can't be negative", at: span, label: "less than 0",
      help: ["write 0 or more; for the last n rows, write `last n`"])
  }

  static func duplicateColumn(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0107", "duplicate name `\(name.text)`", at: name.span, label: "already used",
      help: ["remove or rename one of them"])
  }

  fileprivate static func noOrder(_ value: CheckedExpression) -> Diagnostic {
    Diagnostic(
      "C0207", "\(value.type.withArticle) has no order", at: value.span,
      label: "can't be sorted")
  }

}
