import Text

/// Warns about code that is valid but probably not intended.
extension Checker {
  /// Returns the warnings about a stage that selects rows; they apply if its rows are changed.
  func doubts(
    of stage: CheckedStage, _ negations: [NullAdmittingNegation], written: Stage, _ before: RowType
  ) -> [Diagnostic] {
    switch written.arguments {
    case .predicate(let predicate):
      predicate.mixedConnectives.map(Diagnostic.mixedConnectives)
        + negations.map(Diagnostic.negatedNullable)
    case .count where !before.isOrdered: [.unordered(stage)]
    default: []
    }
  }

  /// Reports conditions that are the same for every row.
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

  /// Reports a credential written in the script.
  mutating func doubtCredential(_ value: Expression, key: String) {
    switch value.kind {
    case .literal(.string(let text)) where CredentialScanner.isCredential(text, key: key):
      report(.credential(value.span))
    case .record(let entries): entries.forEach { doubtCredential($0.value, key: $0.key.text) }
    case .list(let elements): elements.forEach { doubtCredential($0, key: key) }
    default: break
    }
  }

  /// Reports a write to rows of which only failures are left: their later writes are skipped.
  mutating func doubtFailures(_ stage: Stage, _ definition: StageDefinition, _ rows: RowType) {
    guard definition.effect > .read, definition.shape != .creation, rows.areFailures,
      let write = rows.writtenBy
    else { return }
    report(.writeToFailures(stage.name, after: write))
  }

  /// Reports SQL's wildcard in a pattern without `*` or `?`.
  mutating func doubtPattern(_ comparison: ComparisonOperator, _ pattern: CheckedExpression) {
    guard comparison == .like, case .literal(.string(let text)) = pattern.kind,
      text.contains("%"), !text.contains("*"), !text.contains("?")
    else { return }
    report(.percent(pattern.span, text))
  }

  /// Reports a literal that doesn't occur in the field in any known row.
  mutating func doubtValue(
    _ comparison: ComparisonOperator, _ field: CheckedExpression, _ value: CheckedExpression
  ) {
    guard comparison.operands != .text, comparison.operands != .ordered,
      case .field(_, let name) = field.kind, let known = scope.values(name)
    else { return }
    let unknown = value.literals.filter { !known.contains($0.text) }
    guard !unknown.isEmpty, case let counts = known.counts(), !counts.isEmpty else { return }
    for literal in unknown where !hasMany(.warning) {
      report(.unknownValue(literal, of: name, counts))
    }
  }
}

extension Expression {
  /// The operands of `or` that are chains of `and` without parentheses.
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
  /// `true` iff the text alone determines the value: it contains no field, variable or function.
  fileprivate var isFixed: Bool {
    switch kind {
    case .field, .variable, .rowField, .call, .invalid: false
    case _ where isGiven: false
    default: !hasOperand { !$0.isFixed }
    }
  }

  /// `true` iff a field that is never null is compared with null.
  fileprivate var comparesWithMissingNull: Bool {
    switch kind {
    case .comparison(.equal, let left, let right), .comparison(.notEqual, let left, let right):
      left.isMissingNull(comparedWith: right) || right.isMissingNull(comparedWith: left)
    default: false
    }
  }

  /// `true` iff the expression is a field that is never null, and the other side is null.
  private func isMissingNull(comparedWith null: CheckedExpression) -> Bool {
    guard case .field = kind, case .literal(.null) = null.kind else { return false }
    return !isNullable && !null.isGiven
  }

  /// The string literals in the expression: itself, or the elements of a list.
  fileprivate var literals: [WrittenLiteral] {
    switch kind {
    case .literal(.string(let text)): [WrittenLiteral(text: text, written: text.quoted, span: span)]
    case .literal(.int(let number)):
      [WrittenLiteral(text: String(number), written: String(number), span: span)]
    case .list(let elements): elements.flatMap(\.literals)
    default: []
    }
  }
}

extension CheckedStage.Arguments {
  /// `true` iff the stage drops every row whose last write was done.
  var excludesDone: Bool {
    if case .predicate(let predicate) = self { predicate.excludesDone } else { false }
  }
}

extension CheckedExpression {
  /// `true` iff the condition is false for every row with the outcome `done`.
  fileprivate var excludesDone: Bool {
    switch kind {
    case .logical(.and, let operands): operands.contains(where: \.excludesDone)
    case .logical(.or, let operands): operands.allSatisfy(\.excludesDone)
    case .not(let operand): operand.outcomes(.equal, .isIn)?.contains("done") ?? false
    default:
      outcomes(.equal, .isIn).map { !$0.contains("done") }
        ?? outcomes(.notEqual, .isNotIn)?.contains("done") ?? false
    }
  }

  /// Returns the texts that the outcome is compared with by one of the operators.
  private func outcomes(_ operators: ComparisonOperator...) -> [String]? {
    guard case .comparison(let comparison, let field, let value) = kind,
      operators.contains(comparison), case .field(_, "outcome") = field.kind
    else { return nil }
    let texts = value.literals.map(\.text)
    return texts.isEmpty ? nil : texts
  }
}

/// A text or a number in a condition, as it is compared and as it is written.
private struct WrittenLiteral {
  let text: String
  let written: String
  let span: SourceSpan

  var isText: Bool { text != written }
}

extension Diagnostic {
  fileprivate static func constant(_ predicate: CheckedExpression) -> Diagnostic {
    let isNullTest = !predicate.fieldsRead.isEmpty
    return Diagnostic(
      "C0303", "the condition is the same for every row", at: predicate.span,
      label: isNullTest ? "never null" : "reads no field",
      help: isNullTest ? [] : ["compare a field, or remove the condition"], severity: .warning)
  }

  fileprivate static func constantBranch(_ predicate: CheckedExpression) -> Diagnostic {
    Diagnostic(
      "C0303", "the condition is the same in every run", at: predicate.span,
      label: "depends on nothing", help: ["compare a parameter or `count($rows)`"],
      severity: .warning)
  }

  fileprivate static func mixedConnectives(_ operand: Expression) -> Diagnostic {
    Diagnostic(
      "C0305", "`and` binds tighter than `or`", at: operand.span, label: "evaluated first",
      help: ["add parentheses to show what you mean"],
      fix: .brackets(operand.span, "add parentheses"), severity: .warning)
  }

  fileprivate static func negatedNullable(_ found: NullAdmittingNegation) -> Diagnostic {
    guard found.isPlain else { return negatedComputation(found) }
    let span = found.whole.span
    let names = found.fields.sorted()
    let list = names.map { "`\($0)`" }.joined(separator: ", ")
    let present = names.map { "\($0) != null and " }.joined()
    let missing = names.map { "\($0) == null or " }.joined()
    return Diagnostic(
      "C0304", "rows where \(list) is null will be changed too", at: span,
      label: "also true if \(list) is null",
      help: [
        "exclude them: `(\(present)\(found.outline))`",
        "or include them explicitly: `(\(missing)\(found.outline))`",
      ],
      fixes: [
        .brackets(span, "exclude rows where \(list) is null", present),
        .brackets(span, "include rows where \(list) is null", missing),
      ], severity: .warning)
  }

  private static func negatedComputation(_ found: NullAdmittingNegation) -> Diagnostic {
    Diagnostic(
      "C0304", "rows where this value is null will be changed too",
      at: found.whole.span, label: "also true for null",
      help: ["exclude them with `… != null and …`, or include them with `… == null or …`"],
      severity: .warning)
  }

  fileprivate static func unordered(_ stage: CheckedStage) -> Diagnostic {
    let start = SourceSpan(stage.span.start, stage.span.start)
    return Diagnostic(
      "C0306", "`\(stage.name)` without `sort by`: which rows you get is arbitrary", at: stage.span,
      label: "the server chooses the order", help: ["add `sort by …` before it"],
      fix: Fix("sort by `id`", [Edit(start, "sort by id | ")], isCertain: false), severity: .warning
    )
  }

  fileprivate static func credential(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0309", "credential in the script", at: span, label: "looks like a secret",
      help: ["store it elsewhere and write `secret(\"env:NAME\")`"], severity: .warning)
  }

  fileprivate static func writeToFailures(_ stage: Name, after write: String) -> Diagnostic {
    Diagnostic(
      "C0313", "`\(stage.text)` skips rows whose `\(write)` wasn't done", at: stage.span,
      label: "no other rows are left",
      help: ["read the connections again: `for row in … { get $row.id | \(stage.text) … }`"],
      severity: .warning)
  }

  fileprivate static func percent(_ span: SourceSpan, _ text: String) -> Diagnostic {
    let meant = text.map { $0 == "%" ? "*" : String($0) }.joined()
    return Diagnostic(
      "C0310", "`%` is not a wildcard in `like`", at: span, label: "no wildcard in this pattern",
      help: ["`*` matches any text, `?` one character"],
      fix: Fix(
        "write `\(meant.quoted)`", [Edit(span, meant.quoted)], isCertain: false,
        keepsSelection: false),
      severity: .warning)
  }

  /// The word for a value of a field, where it differs from the field's name.
  private static let words = ["tags": "tag", "tag_titles": "tag", "external_id": "external id"]

  fileprivate static func unknownValue(
    _ literal: WrittenLiteral, of field: String, _ known: [String: Int]
  ) -> Diagnostic {
    let texts = literal.isText ? known.keys.filter { !$0.isEmpty }.sorted() : []
    let near = nearest(literal.text, among: texts)
    let what = words[field] ?? field
    return Diagnostic(
      "C0118", "no connection has the \(what) \(literal.written)", at: literal.span,
      label: "not in the known rows",
      help: near.map { ["\((known[$0] ?? 0).counted("has", "have")) \($0.quoted)"] } ?? [],
      fix: near.map {
        Fix(
          "write \($0.quoted)", [Edit(literal.span, $0.quoted)], isCertain: false,
          keepsSelection: false)
      },
      severity: .warning)
  }
}

extension Diagnostic.Fix {
  /// Creates a fix that puts parentheses around `span`, and `prefix` after the opening one.
  fileprivate static func brackets(
    _ span: SourceSpan, _ title: String, _ prefix: String = ""
  ) -> Self {
    Self(
      title,
      [
        Diagnostic.Edit(SourceSpan(span.start, span.start), "(" + prefix),
        Diagnostic.Edit(SourceSpan(span.end, span.end), ")"),
      ])
  }
}
