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

extension Diagnostic {
  fileprivate static func nameWithoutRow(_ name: Name, scope: Scope) -> Diagnostic {
    let help =
      scope.variables[name.text] == nil
      ? "a bare word is a field name; text goes in quotes: `\"\(name.text)\"`"
      : "did you mean `$\(name.text)`?"
    return Diagnostic(
      "C0110", "no row to read the field `\(name.text)` from", at: name.span,
      label: "no rows here", help: [help],
      fix: scope.variables[name.text] == nil ? nil : .dollar(name))
  }

  fileprivate static func unknownField(_ name: Name, schema: Schema, scope: Scope) -> Diagnostic {
    if schema.areConnections, let field = Field.named(name.text) {
      return unavailableField(name, field)
    }
    let names = schema.columns.map(\.name).filter(\.isName)
    let help: [String] =
      if scope.variables[name.text] != nil {
        ["did you mean `$\(name.text)`?"]
      } else {
        suggestion(for: name.text, among: names)
          ?? unnameable(name.text, among: schema)
          ?? ["the fields are \(names.briefly); text goes in quotes"]
      }
    return Diagnostic(
      "C0103", "unknown field `\(name.text)`", at: name.span,
      label: schema.areConnections
        ? "a connection has no such field" : "these rows have no such column",
      help: help,
      fix: scope.variables[name.text] == nil ? guess(name, among: names) : .dollar(name))
  }

  /// Returns help about a column whose name can't be written in a script, such as `New Name`.
  private static func unnameable(_ name: String, among schema: Schema) -> [String]? {
    let names = schema.columns.map(\.name).filter { !$0.isName }
    return nearest(name, among: names).map {
      ["the column `\($0)` can't be named in a script; rename it in the file, such as to `\(name)`"]
    }
  }

  private static func unavailableField(_ name: Name, _ field: Field) -> Diagnostic {
    field.origin == .requestOnly
      ? Diagnostic(
        "C0104", "`\(name.text)` can't be read", at: name.span,
        label: "the API never returns it",
        help: ["to see whether the connection works, use `authorization_status` or `connected`"])
      : Diagnostic(
        "C0103", "unknown field `\(name.text)`", at: name.span,
        label: "dropped by an earlier stage",
        help: ["keep `\(name.text)` in the earlier `select`"])
  }

  static func unknownVariable(_ name: Name, scope: Scope) -> Diagnostic {
    if name.text.first?.isNumber == true { return .unknownResult(name, scope: scope) }
    let names = scope.variables.keys.sorted()
    return Diagnostic(
      "C0111", "unknown variable `$\(name.text)`", at: name.span, label: "not bound",
      help: suggestion(for: name.text, among: names).map { $0.map(dollar) }
        ?? ["bind it with `let \(name.text) = …` or `param \(name.text): string`"],
      fix: nearest(name.text, among: names).map {
        Fix("write `$\($0)`", [Edit(name.span, "$" + $0)], isCertain: false)
      })
  }

  private static func unknownResult(_ name: Name, scope: Scope) -> Diagnostic {
    let numbers = scope.variables.keys.compactMap(Int.init)
    let kept = numbers.min().map {
      $0 == 1 ? "the last one is" : "the results still available are `$\($0)` to"
    }
    return Diagnostic(
      "C0111", "no result `$\(name.text)`", at: name.span, label: "not bound",
      help: [
        kept.map { "\($0) `$\(numbers.max() ?? 0)`" }
          ?? "only the prompt numbers its results; in a script, bind rows with `let`"
      ])
  }

  fileprivate static func rebound(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0111", "`$\(name.text)` was rebound after this definition used it", at: name.span,
      label: "refers to the earlier value", help: ["enter the definition again"])
  }

  private static func dollar(_ help: String) -> String {
    String(help.replacingFirst("`", with: "`$"))
  }

  fileprivate static func noMembers(_ value: CheckedExpression, _ name: Name) -> Diagnostic {
    Diagnostic(
      "C0209", "\(value.type.withArticle) has no fields", at: name.span,
      label: "no fields to read",
      help: ["json values and records have fields; `raw` is the complete object from the API"])
  }

  static func secretOutsideInput(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0205", "a secret isn't allowed here", at: span, label: "would be shown or stored here",
      help: ["assign secrets to `input` or `oauth_token_pair` only"])
  }

  static func rowsAsValue(_ value: CheckedExpression) -> Diagnostic {
    if case .row = value.type {
      return Diagnostic(
        "C0203", "a row is not a value", at: value.span, label: "this is a row",
        help: ["read one of its fields: `$x.name`"])
    }
    return Diagnostic(
      "C0203", "rows are not a value", at: value.span, label: "these are rows",
      help: ["count them: `count($rows)`"])
  }
}

extension Diagnostic.Fix {
  /// Creates a fix that turns the name into a variable.
  fileprivate static func dollar(_ name: Name) -> Self { Self(name.span, "$" + name.text) }
}

extension String {
  func replacingFirst(_ character: Character, with text: String) -> String {
    guard let position = firstIndex(of: character) else { return self }
    return self[..<position] + text + self[index(after: position)...]
  }
}
