/// Names of a script that mean nothing where they stand.
extension Diagnostic {
  static func nameWithoutRow(_ name: Name, scope: Scope) -> Diagnostic {
    let isVariable = scope.variables[name.text] != nil
    let foreign = isVariable ? nil : ForeignTable.value(name.text)
    let help =
      isVariable
      ? "did you mean `$\(name.text)`?"
      : foreign?.help ?? "a bare word is a field name; text goes in quotes: `\"\(name.text)\"`"
    return Diagnostic(
      "C0110", "no row to read the field `\(name.text)` from", at: name.span,
      label: "no rows here", help: [help],
      fix: isVariable ? .dollar(name) : foreign?.meant.map { Fix(name.span, $0) })
  }

  static func unknownField(_ name: Name, schema: Schema, scope: Scope) -> Diagnostic {
    if schema.areConnections, let field = Field.named(name.text) {
      return unavailableField(name, field)
    }
    let names = schema.columns.map(\.name).filter(\.isName)
    let foreign = ForeignTable.name(name.text, in: schema)
    let help: [String] =
      if scope.variables[name.text] != nil {
        ["did you mean `$\(name.text)`?"]
      } else if let foreign {
        [foreign.help]
      } else {
        suggestion(for: name.text, among: names)
          ?? unnameable(name.text, among: schema)
          ?? [
            names.isEmpty
              ? "no column has a name that a script can write: \(schema.columns.map { "`\($0.name)`" }.briefly)"
              : "the fields are \(names.briefly); text goes in quotes"
          ]
      }
    return Diagnostic(
      "C0103", "unknown field `\(name.text)`", at: name.span,
      label: schema.areConnections
        ? "a connection has no such field" : "these rows have no such column",
      help: help,
      fix: scope.variables[name.text] != nil
        ? .dollar(name)
        : foreign.map { spelling in spelling.meant.map { Fix(name.span, $0) } }
          ?? guess(name, among: names))
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
    let names = scope.variables.names.sorted()
    let foreign = ForeignTable.variables.named(name.text)
    return Diagnostic(
      "C0111", "unknown variable `$\(name.text)`", at: name.span, label: "not bound",
      help: foreign.map { [$0.help] }
        ?? suggestion(for: name.text, among: names).map { $0.map(dollar) }
        ?? ["bind it with `let \(name.text) = …` or `param \(name.text): string`"],
      fix: foreign.map { spelling in spelling.meant.map { Fix(name.span, $0) } }
        ?? nearest(name.text, among: names).map {
          Fix("write `$\($0)`", [Edit(name.span, "$" + $0)], isCertain: false)
        })
  }

  private static func unknownResult(_ name: Name, scope: Scope) -> Diagnostic {
    let numbers = scope.variables.names.compactMap(Int.init)
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

  static func rebound(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0111", "`$\(name.text)` was rebound after this definition used it", at: name.span,
      label: "refers to the earlier value", help: ["enter the definition again"])
  }

  private static func dollar(_ help: String) -> String {
    String(help.replacingFirst("`", with: "`$"))
  }

  static func noMembers(_ value: CheckedExpression, _ name: Name) -> Diagnostic {
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
  static func dollar(_ name: Name) -> Self { Self(name.span, "$" + name.text) }
}
