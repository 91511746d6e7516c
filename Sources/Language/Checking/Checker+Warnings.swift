import Text

/// Warnings: what is right by the letter, and yet rarely meant.
extension Checker {
  /// What a stage that chooses rows would be warned of, if its rows were written to.
  func doubts(of stage: CheckedStage, written: Stage, _ before: RowType) -> [Diagnostic] {
    switch (stage.arguments, written.arguments) {
    case (.predicate(let checked), .predicate(let predicate)):
      predicate.mixedConnectives.map(Diagnostic.mixedConnectives)
        + checked.negatedNullables().map(Diagnostic.negatedNullable)
    case (.count, _) where !before.isOrdered: [.unordered(stage)]
    default: []
    }
  }

  /// Reports the conditions that are the same for every row.
  mutating func doubtConstants(_ predicate: CheckedExpression, isBranch: Bool = false) {
    switch predicate.kind {
    case .logical(_, let operands): operands.forEach { doubtConstants($0, isBranch: isBranch) }
    case .not(let operand): doubtConstants(operand, isBranch: isBranch)
    default:
      if predicate.isFixed || predicate.comparesWithMissingNull {
        report(isBranch ? .constantBranch(predicate) : .constant(predicate))
      }
    }
  }

  /// Reports a credential that stands in the script.
  mutating func doubtCredential(_ value: Expression, key: String) {
    switch value.kind {
    case .literal(.string(let text)) where CredentialScanner.isCredential(text, key: key):
      report(.credential(value.span))
    case .record(let entries): entries.forEach { doubtCredential($0.value, key: $0.key.text) }
    case .list(let elements): elements.forEach { doubtCredential($0, key: key) }
    default: break
    }
  }

  /// Reports SQL's wildcard in a pattern that has none of ours.
  mutating func doubtPattern(_ comparison: ComparisonOperator, _ pattern: CheckedExpression) {
    guard comparison == .like, case .literal(.string(let text)) = pattern.kind,
      text.contains("%"), !text.contains("*"), !text.contains("?")
    else { return }
    report(.percent(pattern.span, text))
  }

  /// Reports text that no row at hand has in the field.
  mutating func doubtValue(
    _ comparison: ComparisonOperator, _ field: CheckedExpression, _ value: CheckedExpression
  ) {
    guard comparison.operands != .text, comparison.operands != .ordered,
      case .field(_, let name) = field.kind, let known = scope.values[name]
    else { return }
    for literal in value.textLiterals where known[literal.text] == nil {
      report(.unknownValue(literal.text, literal.span, of: name, known))
    }
  }
}

extension Expression {
  /// The operands of `or` that are chains of `and` without brackets.
  fileprivate var mixedConnectives: [Expression] {
    switch kind {
    case .logical(let connective, let operands):
      operands.flatMap(\.mixedConnectives)
        + operands.filter { connective == .or && $0.precedence == .and && !$0.isParenthesized }
    case .not(let operand): operand.mixedConnectives
    default: []
    }
  }
}

extension CheckedExpression {
  /// `true` iff the text alone decides the value: no field, variable or function is in it.
  fileprivate var isFixed: Bool {
    switch kind {
    case .field, .variable, .rowField, .call, .invalid: false
    case _ where isGiven: false
    default: operands.allSatisfy(\.isFixed)
    }
  }

  /// `true` iff a field that is never null is compared with null.
  fileprivate var comparesWithMissingNull: Bool {
    guard case .comparison(let comparison, let left, let right) = kind,
      comparison == .equal || comparison == .notEqual
    else { return false }
    let sides = [(left, right), (right, left)]
    return sides.contains { field, null in
      guard case .field = field.kind, case .literal(.null) = null.kind else { return false }
      return !field.isNullable && !null.isGiven
    }
  }

  /// The strings that are written in the expression: itself, or the elements of a list.
  fileprivate var textLiterals: [(text: String, span: SourceSpan)] {
    switch kind {
    case .literal(.string(let text)): [(text, span)]
    case .list(let elements): elements.flatMap(\.textLiterals)
    default: []
    }
  }
}

extension Diagnostic {
  fileprivate static func constant(_ predicate: CheckedExpression) -> Diagnostic {
    let isNullTest = !predicate.fieldsRead.isEmpty
    return Diagnostic(
      "C0303", "the condition is the same for every row", at: predicate.span,
      label: isNullTest ? "never null" : "reads no field",
      help: isNullTest ? [] : ["compare a field, or leave the condition out"], severity: .warning)
  }

  fileprivate static func constantBranch(_ predicate: CheckedExpression) -> Diagnostic {
    Diagnostic(
      "C0303", "the condition is the same in every run", at: predicate.span,
      label: "reads nothing", help: ["compare a parameter or `count($rows)`"], severity: .warning)
  }

  fileprivate static func mixedConnectives(_ operand: Expression) -> Diagnostic {
    Diagnostic(
      "C0305", "`and` binds tighter than `or`", at: operand.span, label: "belongs together",
      help: ["set brackets to say what is meant"], fix: .brackets(operand.span, "set brackets"),
      severity: .warning)
  }

  fileprivate static func negatedNullable(_ found: NullAdmittingNegation) -> Diagnostic {
    guard found.isPlain else { return negatedComputation(found) }
    let span = found.whole.span
    let names = found.fields.sorted()
    let list = names.map { "`\($0)`" }.joined(separator: ", ")
    let present = names.map { "\($0) != null and " }.joined()
    let missing = names.map { "\($0) == null or " }.joined()
    return Diagnostic(
      "C0304", "the rows without \(list) are among those that are written to", at: span,
      label: "also true where \(list) is null",
      help: ["leave them out: `(\(present)…)`", "or say that they are meant: `(\(missing)…)`"],
      fixes: [
        .brackets(span, "leave out the rows without \(list)", present),
        .brackets(span, "say that the rows without \(list) are meant", missing),
      ], severity: .warning)
  }

  private static func negatedComputation(_ found: NullAdmittingNegation) -> Diagnostic {
    Diagnostic(
      "C0304", "the rows without a value here are among those that are written to",
      at: found.whole.span, label: "also true for null",
      help: ["say which is meant: `… != null and …`, or `… == null or …`"], severity: .warning)
  }

  fileprivate static func unordered(_ stage: CheckedStage) -> Diagnostic {
    let start = SourceSpan(stage.span.start, stage.span.start)
    return Diagnostic(
      "C0306", "`\(stage.name)` of rows that have no order", at: stage.span,
      label: "the server chooses which these are", help: ["put `sort by …` before it"],
      fix: Fix("sort by `id`", [Edit(start, "sort by id | ")], isCertain: false), severity: .warning
    )
  }

  fileprivate static func credential(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0309", "a credential stands in the script", at: span, label: "looks like a secret",
      help: ["keep it elsewhere, and write `secret(\"env:NAME\")`"], severity: .warning)
  }

  fileprivate static func percent(_ span: SourceSpan, _ text: String) -> Diagnostic {
    let meant = text.map { $0 == "%" ? "*" : String($0) }.joined()
    return Diagnostic(
      "C0310", "`%` stands for itself in `like`", at: span, label: "no wildcard in it",
      help: ["any text is `*`, one character `?`"],
      fix: Fix("write `\(meant.quoted)`", [Edit(span, meant.quoted)], isCertain: false),
      severity: .warning)
  }

  fileprivate static func unknownValue(
    _ text: String, _ span: SourceSpan, of field: String, _ known: [String: Int]
  ) -> Diagnostic {
    let near = nearest(text, among: known.keys.filter { !$0.isEmpty }.sorted())
    let what = field == "tags" ? "tag" : field == "external_id" ? "external id" : field
    return Diagnostic(
      "C0118", "no connection has the \(what) \(text.quoted)", at: span,
      label: "not in the rows at hand",
      help: near.map { ["\(known[$0] ?? 0) have \($0.quoted)"] } ?? [],
      fix: near.map { Fix("write \($0.quoted)", [Edit(span, $0.quoted)], isCertain: false) },
      severity: .warning)
  }
}

extension Diagnostic.Fix {
  /// Brackets around `span`, and words behind the opening one.
  fileprivate static func brackets(
    _ span: SourceSpan, _ title: String, _ words: String = ""
  ) -> Self {
    Self(
      title,
      [
        Diagnostic.Edit(SourceSpan(span.start, span.start), "(" + words),
        Diagnostic.Edit(SourceSpan(span.end, span.end), ")"),
      ])
  }
}
