/// Determines the types and nullability of expressions, from the leaves up.
extension Checker {
  /// Checks an expression over rows of `schema`; `nil` means that there is no row.
  mutating func expression(_ expression: Expression, in schema: Schema?) -> CheckedExpression {
    let checked = unnoted(expression, in: schema)
    recordContext(operand: checked, of: expression.span)
    return checked
  }

  private mutating func unnoted(_ expression: Expression, in schema: Schema?)
    -> CheckedExpression
  {
    let span = expression.span
    switch expression.kind {
    case .invalid:
      recordContext(span, schema: schema)
      return .invalid(span)
    case .literal(let literal): return self.literal(literal, span)
    case .name(let name): return field(Name(text: name, span: span), in: schema)
    case .variable(let name): return variable(Name(text: name, span: span))
    case .member(let value, let name): return member(value, name, in: schema, span)
    case .call(let name, let arguments): return call(name, arguments, in: schema, span)
    case .list(let elements): return list(elements, in: schema, span)
    case .record(let entries): return record(entries, in: schema, span)
    case .interpolation(let segments): return interpolation(segments, in: schema, span)
    default: return operation(expression, in: schema)
    }
  }

  private func literal(_ literal: Literal, _ span: SourceSpan) -> CheckedExpression {
    CheckedExpression(.literal(literal), literal.type, nullable: literal == .null, span)
  }

  private mutating func field(_ name: Name, in schema: Schema?) -> CheckedExpression {
    guard let schema else { return fail(.nameWithoutRow(name, scope: scope)) }
    if schema.isOpen { return .invalid(name.span) }
    guard let slot = schema.slot(of: name.text) else { return unknownField(name, schema) }
    let column = schema.columns[slot]
    return CheckedExpression(
      .field(slot, column.name), column.type, nullable: column.isNullable, name.span)
  }

  private mutating func unknownField(_ name: Name, _ schema: Schema) -> CheckedExpression {
    hasMany(.error)
      ? .invalid(name.span) : fail(.unknownField(name, schema: schema, scope: scope))
  }

  private mutating func variable(_ name: Name) -> CheckedExpression {
    if rebound.contains(name.text) { return fail(.rebound(name)) }
    guard let variable = scope.variables[name.text] else {
      return hasMany(.error)
        ? .invalid(name.span) : fail(.unknownVariable(name, scope: scope))
    }
    refer(to: variable)
    guard hasRoom(for: variable, name.span) else { return .invalid(name.span) }
    // Errors in an argument are reported at the call.
    let kind = variable.argument?.kind ?? .variable(name.text, variable.known)
    var checked = CheckedExpression(
      kind, variable.type, nullable: variable.isNullable, variable.argument?.span ?? name.span)
    checked.isGiven = variable.isParameter
    checked.holdsSecret = variable.holdsSecret
    switch variable.type {
    case .rows, .row: return fail(.rowsAsValue(checked))
    default: return checked
    }
  }

  /// Records that the variable is used.
  mutating func refer(to variable: Scope.Variable) {
    if let origin = variable.origin { referred.insert(origin) }
  }

  /// Checks an argument, which may be rows; everywhere else rows aren't values.
  mutating func argument(_ expression: Expression, in schema: Schema?)
    -> CheckedExpression
  {
    if case .variable(let name) = expression.kind, let variable = scope.variables[name],
      case .rows = variable.type
    {
      refer(to: variable)
      let kind = CheckedExpression.Kind.variable(variable.referent ?? name, nil)
      return CheckedExpression(kind, variable.type, expression.span)
    }
    return self.expression(expression, in: schema)
  }

  private mutating func member(
    _ value: Expression, _ name: Name, in schema: Schema?, _ span: SourceSpan
  ) -> CheckedExpression {
    if let field = rowField(value, name, span) ?? rowsColumn(value, name, span) { return field }
    let checked = expression(value, in: schema)
    guard [.json, .record, .unknown].contains(checked.type) else {
      return fail(.noMembers(checked, name))
    }
    let part = part(name.text, of: checked)
    let isSecret = part?.type == .secret
    var member = CheckedExpression(
      .member(checked, name.text), isSecret ? .secret : .json,
      nullable: !isSecret || part?.isNullable ?? true, span)
    if let part { member.holdsSecret = part.holdsSecret }
    return member
  }

  /// Returns the written value of a member, if the text determines it.
  private func part(_ name: String, of value: CheckedExpression) -> CheckedExpression? {
    switch value.kind {
    case .record(let entries): entries.last { $0.key == name }?.value
    case .variable(let variable, _):
      scope.variables[variable]?.value.flatMap { part(name, of: $0) }
    case .member(let record, let inner): part(inner, of: record).flatMap { part(name, of: $0) }
    default: nil
    }
  }

  /// Checks `$rows.name`, the list of the values of a column.
  private mutating func rowsColumn(_ value: Expression, _ name: Name, _ span: SourceSpan)
    -> CheckedExpression?
  {
    guard case .variable(let text) = value.kind, let variable = scope.variables[text],
      case .rows(let schema) = variable.type
    else { return nil }
    recordContext(name.span, schema: schema)
    let rows = argument(value, in: nil)
    if schema.isOpen { return .invalid(span) }
    guard let slot = schema.slot(of: name.text) else { return unknownField(name, schema) }
    let column = schema.columns[slot]
    return CheckedExpression(.member(rows, column.name), .list(column.type), span)
  }

  /// Checks `$x.name`, where a `for` binds `$x` to a row.
  private mutating func rowField(_ value: Expression, _ name: Name, _ span: SourceSpan)
    -> CheckedExpression?
  {
    guard case .variable(let text) = value.kind, let variable = scope.variables[text],
      case .row(let schema) = variable.type
    else { return nil }
    refer(to: variable)
    recordContext(name.span, schema: schema)
    if schema.isOpen { return .invalid(span) }
    guard let slot = schema.slot(of: name.text) else { return unknownField(name, schema) }
    let column = schema.columns[slot]
    return CheckedExpression(
      .rowField(variable: text, slot, column.name), column.type, nullable: column.isNullable, span)
  }

  private mutating func list(_ elements: [Expression], in schema: Schema?, _ span: SourceSpan)
    -> CheckedExpression
  {
    let checked = elements.map { expression($0, in: schema) }
    let type = checked.first { $0.type != .null }?.type ?? .unknown
    guard type.depth < Parser.nestingLimit else { return fail(.nestedTooDeeply(span)) }
    for element in checked where !element.type.fits(type) {
      report(.wrongType(element, wanted: type, of: "every element of the list"))
    }
    return CheckedExpression(.list(checked), .list(type), span)
  }

  private mutating func record(_ entries: [RecordEntry], in schema: Schema?, _ span: SourceSpan)
    -> CheckedExpression
  {
    let checked = entries.map { (key: $0.key.text, value: expression($0.value, in: schema)) }
    return CheckedExpression(.record(checked), .record, span)
  }

  private mutating func interpolation(
    _ segments: [Expression.Segment], in schema: Schema?, _ span: SourceSpan
  ) -> CheckedExpression {
    let checked = segments.map { segment -> CheckedExpression.Segment in
      switch segment {
      case .text(let text): return .text(text)
      case .expression(let value): return .expression(interpolated(value, in: schema))
      }
    }
    return CheckedExpression(.interpolation(checked), .string, span)
  }

  private mutating func interpolated(_ value: Expression, in schema: Schema?) -> CheckedExpression {
    let checked = expression(value, in: schema)
    refuseSecret(checked)
    return checked
  }

  // MARK: Shared

  mutating func fail(_ diagnostic: Diagnostic) -> CheckedExpression {
    report(diagnostic)
    return .invalid(diagnostic.span)
  }

  mutating func refuseSecret(_ value: CheckedExpression) {
    guard value.holdsSecret else { return }
    let isReported = diagnostics.contains {
      $0.code == "C0205" && value.span.start <= $0.span.start && $0.span.end <= value.span.end
    }
    if !isReported { report(.secretOutsideInput(value.span)) }
  }
}

extension Literal {
  var type: ValueType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .string: .string
    case .timestamp: .timestamp
    case .duration: .duration
    }
  }
}

extension String {
  func replacingFirst(_ character: Character, with text: String) -> String {
    guard let position = firstIndex(of: character) else { return self }
    return self[..<position] + text + self[index(after: position)...]
  }
}
