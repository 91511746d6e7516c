/// Checks the fields that `update` and `create` set, and their values.
extension Checker {
  mutating func assignments(
    _ assignments: [Assignment], _ action: FieldWriter, _ schema: Schema
  ) -> [CheckedAssignment] {
    var seen: [Field] = []
    return assignments.compactMap { assignment in
      guard let field = writableField(assignment.field, action) else { return nil }
      if seen.contains(where: { $0 === field }) { report(.duplicateColumn(assignment.field)) }
      seen.append(field)
      let value = expression(assignment.value, in: schema)
      recordContext(assignment.value, wanted: .type(field.type), field: field.name)
      requireValue(value, for: field)
      if field.isConfidential {
        doubtCredential(assignment.value, key: field.name)
        hide(value)
      }
      return CheckedAssignment(field: field, value: value)
    }
  }

  /// Records the spans of literals that are assigned to a confidential field, directly or through a
  /// variable. The place of a secret isn't one: it is worth something only where the secret is kept.
  private mutating func hide(_ value: CheckedExpression) {
    if value.isSecretPlace { return }
    switch value.kind {
    case .literal, .interpolation: confidential.append(value.span)
    case .variable(let name, _):
      if let written = scope.variables[name]?.written { hide(written) }
    default: break
    }
    value.operands.forEach { hide($0) }
  }

  private mutating func writableField(_ name: Name, _ action: FieldWriter) -> Field? {
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

extension CheckedExpression {
  /// `true` iff it is `secret("…")` with a place in the text.
  fileprivate var isSecretPlace: Bool {
    guard case .call("secret", let arguments) = kind, arguments.count == 1,
      case .string(let text)? = arguments[0].literal
    else { return false }
    return CredentialScanner.isPlace(text)
  }
}

extension Diagnostic {
  fileprivate static func unknownWritable(_ name: Name, _ action: FieldWriter) -> Diagnostic {
    let names = writable(action)
    return Diagnostic(
      "C0103", "unknown field `\(name.text)`", at: name.span,
      label: "a connection has no such field",
      help: suggestion(for: name.text, among: names)
        ?? ["`\(action.rawValue)` can set \(names.joined(separator: ", "))"],
      fix: guess(name, among: names))
  }

  fileprivate static func notWritable(_ name: Name, _ field: Field, _ action: FieldWriter)
    -> Diagnostic
  {
    Diagnostic(
      "C0105", "`\(action.rawValue)` can't set `\(name.text)`", at: name.span,
      label: field.writtenBy.isEmpty ? "read-only" : "set by another call",
      help: ["`\(action.rawValue)` can set \(writable(action).joined(separator: ", "))"])
  }

  private static func writable(_ action: FieldWriter) -> [String] {
    Field.table.filter { $0.writtenBy.contains(action) }.map(\.name)
  }

  fileprivate static func nullAssigned(_ value: CheckedExpression, _ field: Field) -> Diagnostic {
    Diagnostic(
      "C0208", "`\(field.name)` can't be null", at: value.span,
      label: value.isNull ? "is null" : "may be null",
      help: value.isNull
        ? [] : ["add a fallback with `??`, or filter those rows out first"])
  }
}
