/// Errors about what other languages write where ours wants something else.
extension Diagnostic {
  static func missingBy(_ token: Token) -> Diagnostic {
    let start = SourceSpan(token.span.start, token.span.start)
    return Diagnostic(
      "C0050", "expected `by`, found \(token.kind.spoken)", at: token.span, label: "expected `by`",
      help: ["write `by` before it"], fix: Fix("write `by`", [Edit(start, "by ")]))
  }

  static func missingField(_ token: Token, behind stage: String) -> Diagnostic {
    Diagnostic(
      "C0050", "expected `by`, found \(token.kind.spoken)", at: token.span, label: "expected `by`",
      help: ["name the fields: `\(stage) by name`"])
  }

  static func missingAssign(before token: Token) -> Diagnostic {
    let start = SourceSpan(token.span.start, token.span.start)
    return Diagnostic(
      "C0050", "expected `=`, found \(token.kind.spoken)", at: token.span, label: "expected `=`",
      help: ["write `=` before it"], fix: Fix("write `=`", [Edit(start, "= ")]))
  }

  static func missingComma(before token: Token, after end: Int) -> Diagnostic {
    Diagnostic(
      "C0050", "expected `,`, found \(token.kind.spoken)", at: token.span, label: "expected `,`",
      help: ["write a comma before it"], fix: Fix("write `,`", [Edit(SourceSpan(end, end), ",")]))
  }

  static func missingRowCount(_ token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected a value, found \(token.kind.spoken)", at: token.span,
      label: "expected a value", help: ["write the number of rows: `first 1`"])
  }

  static func missingWhere(_ token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected a new line or `;`, found \(token.kind.spoken)", at: token.span,
      label: "expected `where` or `|`",
      help: ["write `list where …`; `list` alone is every connection"])
  }

  /// In SQL, a condition follows the write; here it would filter what the write left.
  static func filterFirst(_ token: Token, before write: StageDefinition) -> Diagnostic {
    Diagnostic(
      "C0050", "expected `|`, found \(token.kind.spoken)", at: token.span,
      label: "comes too late for `\(write.name)`",
      help: ["choose the rows before they are changed: `list where … | \(write.name) …`"])
  }

  static func missingPipe(_ token: Token, meant: String) -> Diagnostic {
    Diagnostic(
      "C0050", "expected `|`, found \(token.kind.spoken)", at: token.span,
      label: "begins another stage", help: ["write `| \(meant)`"],
      fix: Fix(token.span, "| \(meant)"))
  }

  static func foreignUnit(_ count: Int64, _ unit: String, _ span: SourceSpan)
    -> Diagnostic?
  {
    let singular = unit.lowercased().hasSuffix("s") ? unit.lowercased().dropLast() : unit[...]
    if ["month", "year"].contains(singular) {
      return Diagnostic(
        "C0009", "durations can't be in months or years", at: span, label: "has no fixed length",
        help: ["use days, such as `30d` or `365d`"])
    }
    guard let letter = unitLetters[String(singular)] else { return nil }
    return Diagnostic(
      "C0058", "a duration is one word", at: span, label: "another language's spelling",
      help: ["write `\(count)\(letter)`"], fix: Fix(span, "\(count)\(letter)"))
  }

  /// The units of durations, by their names.
  static let unitLetters = [
    "second": "s", "sec": "s", "minute": "m", "min": "m", "hour": "h", "hr": "h", "day": "d",
    "week": "w",
  ]
}
