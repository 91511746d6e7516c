/// Sources and stages: the flow of schema, bound and effect.
extension Checker {
  mutating func pipeline(_ pipeline: Pipeline) -> CheckedPipeline {
    let source = source(pipeline.source)
    var flow = Flow(schema: source.schema, bound: bound(of: source))
    var selection: RowBound?
    var stages: [CheckedStage] = []
    for stage in pipeline.stages {
      let input = flow
      if let checked = self.stage(stage, &flow) {
        if checked.effect > .read, selection == nil { selection = input.bound }
        stages.append(checked)
      }
    }
    requireNarrowing(pipeline, stages)
    return CheckedPipeline(
      source: source, stages: stages, flow: flow, effect: stages.map(\.effect).max() ?? .read,
      selectionBound: selection ?? flow.bound, span: pipeline.span)
  }

  /// A write behind a whole list must be spelled `list all`.
  private mutating func requireNarrowing(_ pipeline: Pipeline, _ stages: [CheckedStage]) {
    guard case .list(all: false, _) = pipeline.source.kind else { return }
    for (written, stage) in zip(pipeline.stages, pipeline.stages.map(signature)) {
      guard let stage else { return }
      if stage.narrows { return }
      if stage.effect > .read {
        return report(.unnarrowedWrite(pipeline.source.span, written.name))
      }
    }
  }

  private func signature(_ stage: Stage) -> StageSignature? { vocabulary.stage(stage.name.text) }

  // MARK: Sources

  private func bound(of source: CheckedSource) -> RowBound {
    switch source.kind {
    case .get(let ids) where ids.allSatisfy { $0.type == .int }: .atMost(ids.count)
    case .nothing: .atMost(1)
    default: .unbounded
    }
  }

  private mutating func source(_ source: Source) -> CheckedSource {
    let (kind, schema): (CheckedSource.Kind, Schema) =
      switch source.kind {
      case .list(_, let withRuntime): (.list(withRuntime: withRuntime), .connections)
      case .get(let ids): (.get(ids.map { identifier($0) }), .connections)
      case .file(let path): file(path)
      case .variable(let name): (.variable(name.text), rows(name))
      case .lastResult: (.lastResult, lastResult(source.span))
      case .nothing: (.nothing, .empty)
      case .invalid: (.nothing, .unknown)
      }
    return CheckedSource(kind: kind, schema: schema, span: source.span)
  }

  private mutating func identifier(_ expression: Expression) -> CheckedExpression {
    let value = constant(expression)
    if !value.type.fits(.list(.int)) { require(value, fits: .int, of: "an id") }
    return value
  }

  private mutating func file(_ path: Expression) -> (CheckedSource.Kind, Schema) {
    let value = constant(path)
    require(value, fits: .string, of: "a file's name")
    guard case .string(let text) = value.literal else {
      if !value.type.isUnknown, !isParameter(value) { report(.unknownFileName(value.span)) }
      return (.file(""), .unknown)
    }
    switch scope.files(text) {
    case .schema(let schema): return (.file(text), schema)
    case .problem(let problem):
      report(.unreadableFile(problem, value.span))
      return (.file(text), .unknown)
    }
  }

  private func isParameter(_ value: CheckedExpression) -> Bool {
    if case .variable(let name, _) = value.kind {
      scope.variables[name]?.isParameter ?? false
    } else {
      false
    }
  }

  private mutating func rows(_ name: Name) -> Schema {
    guard let variable = scope.variables[name.text] else {
      report(.unknownVariable(name, scope: scope))
      return .unknown
    }
    if case .rows(let schema) = variable.type { return schema }
    if !variable.type.isUnknown { report(.notRows(name, variable.type)) }
    return .unknown
  }

  private mutating func lastResult(_ span: SourceSpan) -> Schema {
    if let schema = scope.lastResult { return schema }
    report(.noLastResult(span))
    return .unknown
  }

  // MARK: Stages

  private mutating func stage(_ stage: Stage, _ flow: inout Flow) -> CheckedStage? {
    guard let signature = signature(stage),
      let arguments = arguments(stage, signature, flow.schema)
    else {
      flow.schema = .unknown
      return nil
    }
    let input = flow.schema
    requireConnections(stage, signature, input)
    if !input.isOpen { flow = signature.flow(flow, arguments) }
    return CheckedStage(
      name: stage.name.text, arguments: arguments, effect: effect(signature, arguments),
      input: input, output: flow.schema, span: stage.span)
  }

  /// A call that carries confidential fields makes the server test them.
  private func effect(_ signature: StageSignature, _ arguments: CheckedStage.Arguments) -> Effect {
    guard case .assignments(let assignments) = arguments,
      assignments.contains(where: { $0.field.isConfidential })
    else { return signature.effect }
    return max(signature.effect, .reauth)
  }

  private mutating func requireConnections(
    _ stage: Stage, _ signature: StageSignature, _ input: Schema
  ) {
    guard signature.effect > .read, signature.shape != .assignments(.create) else { return }
    if !input.areConnections { report(.notConnections(stage.name)) }
  }

  private mutating func arguments(
    _ stage: Stage, _ signature: StageSignature, _ schema: Schema
  ) -> CheckedStage.Arguments? {
    switch stage.arguments {
    case .invalid: nil
    case .none: CheckedStage.Arguments.none
    case .predicate(let value): .predicate(predicate(value, in: schema))
    case .count(let value): .count(count(value))
    case .columns(let columns): .columns(self.columns(columns, in: schema))
    case .sortKeys(let keys): .sortKeys(keys.map { sortKey($0, in: schema) })
    case .assignments(let list): .assignments(assignments(list, signature.shape, schema))
    case .flags(let flags): .flags(Set(flags.map(\.text)))
    case .file(let path): .file(outputFile(path))
    case .format(let name): .format(name?.text)
    case .expectation(let expectation): .expectation(self.expectation(expectation, in: schema))
    }
  }

  private mutating func count(_ expression: Expression) -> CheckedExpression {
    let value = constant(expression)
    require(value, fits: .int, of: "a number of rows")
    if let number = value.constantInt, number < 0 { report(.negativeCount(value.span)) }
    return value
  }

  private mutating func outputFile(_ path: Expression) -> CheckedExpression {
    let value = constant(path)
    require(value, fits: .string, of: "a file's name")
    if case .string(let text) = value.literal, FileKind(path: text) == nil {
      report(.unknownFileKind(value.span))
    }
    return value
  }

  private mutating func columns(_ columns: [Column], in schema: Schema) -> [CheckedColumn] {
    var seen: Set<String> = []
    return columns.map { column in
      let value = expression(column.value, in: schema)
      refuseSecret(value)
      if !seen.insert(column.name.text).inserted { report(.duplicateColumn(column.name)) }
      return CheckedColumn(name: canonicalName(column, in: schema), value: value)
    }
  }

  /// A column that is a field by its alias has the field's own name.
  private func canonicalName(_ column: Column, in schema: Schema) -> String {
    guard case .name(let written) = column.value.kind, written == column.name.text,
      let slot = schema.slot(of: written)
    else { return column.name.text }
    return schema.columns[slot].name
  }

  private mutating func sortKey(_ key: SortKey, in schema: Schema) -> CheckedSortKey {
    let value = expression(key.value, in: schema)
    if !value.type.isOrdered, value.type != .bool { report(.noOrder(value)) }
    return CheckedSortKey(value: value, descending: key.descending)
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

  // MARK: Assignments

  private mutating func assignments(
    _ assignments: [Assignment], _ shape: ArgumentShape, _ schema: Schema
  ) -> [CheckedAssignment] {
    guard case .assignments(let action) = shape else { return [] }
    var seen: Set<String> = []
    return assignments.compactMap { assignment in
      guard let field = writableField(assignment.field, action) else { return nil }
      if !seen.insert(field.name).inserted { report(.duplicateColumn(assignment.field)) }
      let value = expression(assignment.value, in: schema)
      requireValue(value, for: field)
      return CheckedAssignment(field: field, value: value)
    }
  }

  private mutating func writableField(_ name: Name, _ action: WriteAction) -> Field? {
    guard let field = Field.named(name.text) else {
      report(.unknownWritable(name, action))
      return nil
    }
    guard field.writtenBy.contains(action) else {
      report(.notWritable(name, field, action))
      return nil
    }
    return field
  }

  private mutating func requireValue(_ value: CheckedExpression, for field: Field) {
    if !field.isConfidential { refuseSecret(value) }
    require(value, fits: field.type, of: "`\(field.name)`")
    let mayBeNull = value.isNullable || value.type == .null
    if mayBeNull, !field.isNullable { report(.nullAssigned(value, field)) }
  }
}

extension Diagnostic {
  fileprivate static func unnarrowedWrite(_ span: SourceSpan, _ stage: Name) -> Diagnostic {
    Diagnostic(
      "C0301", "`\(stage.text)` would reach every connection of the workspace", at: span,
      label: "nothing narrows this list",
      help: ["add a `where`, or spell it `list all` if every connection is meant"])
  }

  fileprivate static func unknownFileName(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0501", "the file's name must be known before the run", at: span,
      label: "computed in the run", help: ["write the name, or take it from a `param`"])
  }

  fileprivate static func unreadableFile(_ problem: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic("C0502", problem, at: span, label: "cannot be read")
  }

  fileprivate static func unknownFileKind(_ span: SourceSpan) -> Diagnostic {
    let endings = FileKind.allCases.map { "`.\($0.rawValue)`" }.joined(separator: ", ")
    return Diagnostic(
      "C0503", "the file's ending does not say its form", at: span, label: "which form?",
      help: ["end it with \(endings)"])
  }

  fileprivate static func notRows(_ name: Name, _ type: ValueType) -> Diagnostic {
    Diagnostic(
      "C0203", "`$\(name.text)` is \(type.withArticle), not rows", at: name.span, label: "not rows",
      help: ["rows are bound by a pipeline: `let \(name.text) = list where …`"])
  }

  fileprivate static func noLastResult(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0109", "there is no last result", at: span, label: "nothing to refer to",
      help: ["`it` stands for the rows of the statement before, in the same script or session"])
  }

  fileprivate static func notConnections(_ stage: Name) -> Diagnostic {
    Diagnostic(
      "C0302", "`\(stage.text)` needs connections", at: stage.span,
      label: "these rows are not connections",
      help: ["rows from `list`, `get` or a snapshot are connections until they are summed up"])
  }

  fileprivate static func negativeCount(_ span: SourceSpan) -> Diagnostic {
    Diagnostic("C0204", "a number of rows is not negative", at: span, label: "below zero")
  }

  fileprivate static func duplicateColumn(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0107", "`\(name.text)` is named twice", at: name.span, label: "named before",
      help: ["keep one of them"])
  }

  fileprivate static func noOrder(_ value: CheckedExpression) -> Diagnostic {
    Diagnostic(
      "C0207", "\(value.type.withArticle) has no order", at: value.span,
      label: "cannot be sorted by")
  }

  fileprivate static func unknownWritable(_ name: Name, _ action: WriteAction) -> Diagnostic {
    let names = writable(action)
    return Diagnostic(
      "C0103", "unknown field `\(name.text)`", at: name.span,
      label: "a connection has no such field",
      help: suggestion(for: name.text, among: names)
        ?? ["`\(action.rawValue)` sets \(names.joined(separator: ", "))"])
  }

  fileprivate static func notWritable(_ name: Name, _ field: Field, _ action: WriteAction)
    -> Diagnostic
  {
    Diagnostic(
      "C0105", "`\(action.rawValue)` cannot set `\(name.text)`", at: name.span,
      label: field.origin == .requestOnly ? "another call sends it" : "can be read, not written",
      help: ["`\(action.rawValue)` sets \(writable(action).joined(separator: ", "))"])
  }

  private static func writable(_ action: WriteAction) -> [String] {
    Field.table.filter { $0.writtenBy.contains(action) }.map(\.name)
  }

  fileprivate static func nullAssigned(_ value: CheckedExpression, _ field: Field) -> Diagnostic {
    Diagnostic(
      "C0208", "`\(field.name)` cannot be null", at: value.span, label: "may be null",
      help: ["say what stands for null: `… ?? \"…\"`"])
  }
}
