/// Stages: a name, and arguments in the shape that the stage's signature asks for.
extension Parser {
  /// `stage = name arguments ;`
  mutating func stage() throws(Diagnostic) -> Stage {
    let name = try name("a stage")
    guard let signature = vocabulary.stage(name.text) else { throw unknownStage(name) }
    let arguments = try arguments(signature.shape, of: name)
    return Stage(name: name, arguments: arguments, span: span(from: name.span.start))
  }

  private mutating func arguments(_ shape: ArgumentShape, of stage: Name) throws(Diagnostic)
    -> Stage.Arguments
  {
    switch shape {
    case .none: .none
    case .predicate: .predicate(try expression())
    case .count: .count(try expression())
    case .columns: .columns(try commaSeparated(Self.column))
    case .sortKeys: .sortKeys(try sortKeys())
    case .grouping(let hasAggregates): .grouping(try grouping(hasAggregates))
    case .assignments: .assignments(try commaSeparated(Self.assignment))
    case .flags(let flags): .flags(try self.flags(flags))
    case .file: .file(try expression())
    case .format(let formats): .format(try format(formats))
    case .expectation: .expectation(try expectation())
    }
  }

  /// `column = name "=" expression | expression [ "as" name ] ;`
  static func column(_ parser: inout Parser) throws(Diagnostic) -> Column {
    if case .name = parser.current.kind, parser.following.kind == .symbol(.assign) {
      let name = try parser.name("a column")
      parser.advance()
      return Column(name: name, value: try parser.expression())
    }
    let value = try parser.expression()
    if parser.takeWord("as") { return Column(name: try parser.name("a name"), value: value) }
    return Column(name: try columnName(of: value), value: value)
  }

  private static func columnName(of value: Expression) throws(Diagnostic) -> Name {
    switch value.kind {
    case .name(let text): Name(text: text, span: value.span)
    case .member(_, let name): name
    default: throw .unnamedColumn(value.span)
    }
  }

  /// `sort = "sort" "by" key { "," key } ;` `key = expression [ "desc" | "asc" ] ;`
  private mutating func sortKeys() throws(Diagnostic) -> [SortKey] {
    try expectWord("by")
    return try commaSeparated { parser throws(Diagnostic) in
      let value = try parser.expression()
      let descending = parser.takeWord("desc")
      if !descending { _ = parser.takeWord("asc") }
      return SortKey(value: value, descending: descending)
    }
  }

  /// `assignment = name "=" expression ;`
  private static func assignment(_ parser: inout Parser) throws(Diagnostic) -> Assignment {
    let field = try parser.name("a field")
    if parser.current.kind == .symbol(.equal) {
      parser.report(.comparisonForAssignment(parser.advance().span))
    } else {
      try parser.expect(.assign)
    }
    return Assignment(field: field, value: try parser.expression())
  }

  private mutating func flags(_ known: [String]) throws(Diagnostic) -> [Name] {
    var flags: [Name] = []
    while case .name(let text) = current.kind {
      guard known.contains(text) else {
        throw .unknownWord(Name(text: text, span: current.span), among: known)
      }
      flags.append(Name(text: text, span: advance().span))
    }
    return flags
  }

  /// `show = "show" [ "as" name ] ;`
  private mutating func format(_ known: [String]) throws(Diagnostic) -> Name? {
    guard takeWord("as") else { return nil }
    let name = try name("a format")
    guard known.contains(name.text) else { throw .unknownWord(name, among: known) }
    return name
  }

  /// `expect = "expect" ( "count" comparison expression | ( "all" | "none" ) expression )
  ///           [ "," expression ] ;`
  private mutating func expectation() throws(Diagnostic) -> Expectation {
    let kind = try expectationKind()
    let message = take(.comma) ? try expression() : nil
    return Expectation(kind: kind, message: message)
  }

  private mutating func expectationKind() throws(Diagnostic) -> Expectation.Kind {
    if takeWord("all") { return .all(try expression()) }
    if takeWord("none") { return .none(try expression()) }
    guard takeWord("count") else { throw .expected("`count`, `all` or `none`", found: current) }
    let comparison = try countComparison()
    return .count(comparison, try expression())
  }

  private mutating func countComparison() throws(Diagnostic) -> ComparisonOperator {
    if current.kind == .symbol(.assign) {
      report(.assignmentForComparison(advance().span))
      return .equal
    }
    guard case .symbol(let symbol) = current.kind,
      let comparison = ComparisonOperator.symbolic[symbol]
    else { throw .expected("a comparison such as `<=`", found: current) }
    advance()
    return comparison
  }

  private func unknownStage(_ name: Name) -> Diagnostic {
    .unknownStage(name, candidates: vocabulary.stages.map(\.name))
  }
}

extension Diagnostic {
  fileprivate static func unknownStage(_ name: Name, candidates: [String]) -> Diagnostic {
    let foreign = [
      "filter": "where", "map": "select", "limit": "first", "head": "first",
      "tail": "last", "order": "sort by", "remove": "delete", "destroy": "delete",
      "rename": "update name =", "set": "update", "tee": "save",
    ]
    let meant = foreign[name.text].map { ["it is written `\($0)` here"] }
    return Diagnostic(
      "C0102", "unknown stage `\(name.text)`", at: name.span, label: "no such stage",
      help: meant ?? suggestion(for: name.text, among: candidates)
        ?? ["the stages are \(candidates.joined(separator: ", "))"])
  }

  fileprivate static func unnamedColumn(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0054", "the column has no name", at: span, label: "computed, so it needs a name",
      help: ["write `name = …`, or `… as name`"])
  }

  fileprivate static func comparisonForAssignment(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0055", "`==` compares; `=` sets", at: span, label: "a field is set here",
      help: ["write `=`"], fix: Fix(span, "="))
  }

  static func assignmentForComparison(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0056", "`=` sets; `==` compares", at: span, label: "two values are compared here",
      help: ["write `==`"], fix: Fix(span, "=="))
  }

  fileprivate static func unknownWord(_ name: Name, among known: [String]) -> Diagnostic {
    let list = known.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "C0057", "unexpected `\(name.text)`", at: name.span,
      label: known.isEmpty ? "nothing can stand here" : "expected \(list)",
      help: suggestion(for: name.text, among: known) ?? [])
  }
}
