/// Parses stages: a name, and arguments in the shape that the stage's signature asks for.
extension Parser {
  /// `stage = where | select | sort | limit | distinct | group | "count" | expect | diff | lookup
  ///         | update | create | disconnect | "delete" | tag | save | show | "chart" | invocation ;`
  mutating func stage() throws(Diagnostic) -> Stage {
    markExpected(.stage)
    if let found = foreignStage { throw .foreignStage(found, vocabulary) }
    let name = try name("a stage")
    lastStage = vocabulary.stage(name.text)
    paint(name, lastStage == nil ? .function : .stage)
    if isForeignSelect(name) { return try foreignSelect(name) }
    guard let signature = lastStage else { return try invocation(name) }
    let arguments = try arguments(signature.shape)
    return Stage(name: name, arguments: arguments, span: span(from: name.span.start))
  }

  /// `invocation = defined , "(" , [ expression , { "," , expression } , [ "," ] ] , ")" ;`
  /// `defined = word - ( "where" | "select" | "sort" | "first" | "last" | "skip" | "distinct" | "group"
  ///           | "count" | "expect" | "diff" | "lookup" | "update" | "create" | "disconnect" | "delete" | "tag"
  ///           | "untag" | "save" | "show" | "chart" ) ;`
  private mutating func invocation(_ name: Name) throws(Diagnostic) -> Stage {
    guard terminal == .symbol(.leftParenthesis) else { throw unknownStage(name) }
    let arguments = try expressions(.leftParenthesis, .rightParenthesis)
    return Stage(
      name: name, arguments: .invocation(arguments), span: span(from: name.span.start))
  }

  /// `where = "where" , expression ;`
  /// `limit = ( "first" | "last" | "skip" ) , expression ;`
  /// `select = "select" , column , { "," , column } ;`
  /// `update = "update" , assignment , { "," , assignment } ;`
  /// `create = "create" , [ "unless" , "exists" | "always" ] , assignment , { "," , assignment } ;`
  /// `tag = ( "tag" | "untag" ) , expression , { "," , expression } ;`
  private mutating func arguments(_ shape: ArgumentShape) throws(Diagnostic) -> Stage.Arguments {
    switch shape {
    case .none: .none
    case .predicate: .predicate(try expression())
    case .count: .count(try rowCount())
    case .columns: .columns(try columnList(Self.column))
    case .sortKeys: .sortKeys(try sortKeys())
    case .grouping(let hasAggregates): .grouping(try grouping(hasAggregates))
    case .assignments: .assignments(try assignments(.update))
    case .creation: .creation(try existencePolicy(), try assignments(.create))
    case .flags(let flags): .flags(try self.flags(flags))
    case .file: try outputFile()
    case .tags:
      .tags(try commaSeparated { parser throws(Diagnostic) in try parser.expression() })
    case .format(let formats): .format(try format(formats))
    case .expectation: .expectation(try expectation())
    case .rows: .rows(try otherRows())
    case .key(let fields): .key(try key(among: fields))
    }
  }

  /// `column = word , "=" , expression | field | expression , "as" , word ;`
  static func column(_ parser: inout Parser) throws(Diagnostic) -> Column {
    if case .name = parser.current.kind, parser.following.terminal == .symbol(.assign) {
      let name = try parser.name("a column")
      parser.advance()
      return Column(name: name, value: try parser.expression())
    }
    let value = try parser.expression()
    if parser.consumeWord(.as) { return Column(name: try parser.name("a name"), value: value) }
    return Column(name: try columnName(of: value), value: value)
  }

  /// `field = name | primary , "." , word , { "." , word } ;`
  private static func columnName(of value: Expression) throws(Diagnostic) -> Name {
    switch value.kind {
    case .name(let text) where !value.isParenthesized: Name(text: text, span: value.span)
    case .invalid: Name(text: "", span: value.span)
    case .member(_, let name) where !value.isParenthesized: name
    default: throw .unnamedColumn(value.span)
    }
  }

  /// `sort = "sort" , "by" , key , { "," , key } ;`
  private mutating func sortKeys() throws(Diagnostic) -> [SortKey] {
    try expectBy()
    return try columnList(Self.sortKey)
  }

  /// `key = expression , [ "desc" | "asc" ] ;`
  private static func sortKey(_ parser: inout Parser) throws(Diagnostic) -> SortKey {
    let value = try parser.expression()
    let foreign = parser.consumeForeignEnding(among: ["desc", "asc"])
    let descending = foreign == "desc" || parser.consumeWord(.desc)
    if !descending { _ = parser.consumeWord(.asc) }
    return SortKey(value: value, descending: descending)
  }

  /// `lookup = "lookup" , "by" , ( "id" | "external_id" ) ;`
  private mutating func key(among fields: [String]) throws(Diagnostic) -> Name {
    try expectBy()
    return try word(among: fields, "a field")
  }

  private mutating func existencePolicy() throws(Diagnostic) -> ExistencePolicy {
    if followsNoAssignment(.always), consumeWord(.always) { return .ignore }
    guard followsNoAssignment(.unless), consumeWord(.unless) else { return .refuse }
    try expectWord(.exists)
    return .keep
  }

  /// `true` unless the current word is this one and the field of an assignment.
  private func followsNoAssignment(_ word: Keyword) -> Bool {
    terminal != .word(word) || following.terminal != .symbol(.assign)
  }

  private mutating func assignments(_ action: FieldWriter) throws(Diagnostic) -> [Assignment] {
    var taken: Set<String> = []
    return try commaSeparated { parser throws(Diagnostic) in
      parser.markExpected(.assignment(action, taken: taken))
      let assignment = try parser.assignment()
      if parser.cursor != nil { taken.insert(assignment.field.text) }
      return assignment
    }
  }

  /// `assignment = word , "=" , expression ;`
  private mutating func assignment() throws(Diagnostic) -> Assignment {
    let field = try name("a field")
    paint(field, .field)
    if terminal == .symbol(.equal) {
      report(.comparisonForAssignment(advance().span))
    } else {
      try expectAssign()
    }
    return Assignment(field: field, value: try expression())
  }

  /// `save = "save" , ( expression | "replace" , file ) ;`
  /// `file = ( string | interpolation | variable ) , { "." , word } ;`
  private mutating func outputFile() throws(Diagnostic) -> Stage.Arguments {
    if asksToReplace {
      _ = consumeWord(.replace)
      markExpected(.file(FileKind.endings))
      return .file(try postfix(), replaces: true)
    }
    markExpected(.word("replace"))
    markExpected(.file(FileKind.endings))
    return .file(try fileName(), replaces: false)
  }

  /// `true` iff the current word is `replace` and a file name follows, so it isn't a field or the
  /// function itself.
  private var asksToReplace: Bool {
    guard terminal == .word(.replace) else { return false }
    switch following.kind {
    case .literal(.string), .interpolation, .variable: return true
    case .end: return cursor != nil
    default: return false
    }
  }

  /// `disconnect = "disconnect" , [ "force" ] ;`
  private mutating func flags(_ known: [String]) throws(Diagnostic) -> [Name] {
    var flags: [Name] = []
    while case .name(let text) = current.kind {
      let rest = known.filter { flag in !flags.contains { $0.text == flag } }
      guard rest.contains(text) else {
        throw .unknownWord(Name(text: text, span: current.span), among: rest)
      }
      paint(.keyword)
      flags.append(Name(text: text, span: advance().span))
    }
    let rest = known.filter { flag in !flags.contains { $0.text == flag } }
    rest.forEach { markExpected(.word($0)) }
    return flags
  }

  /// `show = "show" , [ "as" , format ] ;`
  /// `format = "table" | "json" | "jsonl" | "csv" | "ids" | "markdown" | "record" ;`
  private mutating func format(_ known: [String]) throws(Diagnostic) -> Name? {
    if case .name(let text) = current.kind, known.contains(text) {
      report(.missingAs(current.span, text))
    } else if !consumeWord(.as) {
      return nil
    }
    return try word(among: known, "a format")
  }

  /// Parses one of a few words; `what` describes it.
  mutating func word(among known: [String], _ what: String) throws(Diagnostic) -> Name {
    known.forEach { markExpected(.word($0)) }
    let name = try name(what)
    paint(name, .keyword)
    guard known.contains(name.text) else { throw .unknownWord(name, among: known) }
    return name
  }

  /// `expect = "expect" , ( "count" , order , expression | ( "all" | "none" ) , expression ) ,
  ///          [ "," , expression ] ;`
  private mutating func expectation() throws(Diagnostic) -> Expectation {
    let kind = try expectationKind()
    let message = consume(.comma) ? try expression() : nil
    return Expectation(kind: kind, message: message)
  }

  private mutating func expectationKind() throws(Diagnostic) -> Expectation.Kind {
    if consumeWord(.all) { return .all(try expression()) }
    if consumeWord(.none) { return .none(try expression()) }
    guard consumeWord(.count) else { throw .expected("`count`, `all` or `none`", found: current) }
    markExpected(.countComparison)
    let comparison = try countComparison()
    return .count(comparison, try expression())
  }

  /// `order = "==" | "!=" | "<" | "<=" | ">" | ">=" ;`
  private mutating func countComparison() throws(Diagnostic) -> ComparisonOperator {
    if terminal == .symbol(.assign) {
      report(.assignmentForComparison(advance().span))
      return .equal
    }
    if passCursor() { return .equal }
    guard case .symbol(let symbol) = current.kind,
      let comparison = ComparisonOperator(symbol)
    else { throw .expected("a comparison such as `<=`", found: current) }
    advance()
    return comparison
  }

  private func unknownStage(_ name: Name) -> Diagnostic {
    if definedNames.contains(name.text) { return .invocationWithoutBrackets(name) }
    return .unknownStage(name, candidates: vocabulary.stages.map(\.name) + definedNames)
  }

  // MARK: jq's select

  /// `true` for jq's `select(.connected)`, which filters rows; here `select` chooses columns.
  private func isForeignSelect(_ name: Name) -> Bool {
    terminal == .symbol(.leftParenthesis) && name.text == "select"
      && following.terminal == .symbol(.dot)
  }

  private mutating func foreignSelect(_ name: Name) throws(Diagnostic) -> Stage {
    report(.foreignSelect(name))
    let predicate = try expression()
    return Stage(
      name: Name(text: "where", span: name.span), arguments: .predicate(predicate),
      span: span(from: name.span.start))
  }
}

extension Diagnostic {
  /// Reports a stage that is neither built in nor a definition.
  static func unknownStage(_ name: Name, candidates: [String]) -> Diagnostic {
    let foreign = ForeignTable.stages.named(name.text)
    return Diagnostic(
      "C0102", "unknown stage `\(name.text)`", at: name.span, label: "no such stage",
      help: Parser.sources.contains(name.text)
        ? ["a source can only begin a pipeline"]
        : foreign.map { [$0.help] }
          ?? suggestion(for: name.text, among: candidates)
          ?? ["the stages are \(candidates.joined(separator: ", "))"],
      fix: foreign.map { spelling in spelling.meant.map { Fix(name.span, $0) } }
        ?? guess(name, among: candidates))
  }

  /// Reports a stage of another language. A name that is no stage here is an unknown stage.
  fileprivate static func foreignStage(_ found: ForeignTable.Match, _ vocabulary: Vocabulary)
    -> Diagnostic
  {
    let first = found.text.prefix { $0.isLetter || $0 == "_" }
    guard !first.isEmpty, vocabulary.stage(String(first)) == nil else { return .foreign(found) }
    return Diagnostic(
      "C0102", "unknown stage `\(found.text)`", at: found.span, label: "no such stage",
      help: [found.spelling.help], fix: found.fix)
  }

  fileprivate static func invocationWithoutBrackets(_ name: Name) -> Diagnostic {
    let end = SourceSpan(name.span.end, name.span.end)
    return Diagnostic(
      "C0050", "expected `(` after `\(name.text)`", at: name.span,
      label: "a definition", help: ["write `\(name.text)(…)`"],
      fix: Fix("write `\(name.text)()`", [Edit(end, "()")]))
  }

  fileprivate static func missingAs(_ span: SourceSpan, _ format: String) -> Diagnostic {
    Diagnostic(
      "C0050", "expected `as`, found `\(format)`", at: span, label: "expected `as`",
      help: ["write `show as \(format)`"],
      fix: Fix("write `as`", [Edit(SourceSpan(span.start, span.start), "as ")]))
  }

  fileprivate static func foreignSelect(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0058", "`select` chooses columns; `where` filters rows", at: name.span,
      label: "another language's filter", help: ["write `where`"], fix: Fix(name.span, "where"))
  }

  fileprivate static func unnamedColumn(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0054", "column without a name", at: span, label: "computed, so it needs a name",
      help: ["write `name = …`, or `… as name`"])
  }

  fileprivate static func comparisonForAssignment(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0055", "`==` compares; `=` sets", at: span, label: "this sets a field",
      help: ["write `=`"], fix: Fix(span, "="))
  }

  static func assignmentForComparison(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0056", "`=` sets; `==` compares", at: span, label: "this compares two values",
      help: ["write `==`"], fix: Fix(span, "=="))
  }

  fileprivate static func unknownWord(_ name: Name, among known: [String]) -> Diagnostic {
    let list = known.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "C0057", "unexpected `\(name.text)`", at: name.span,
      label: known.isEmpty ? "nothing is allowed here" : "expected \(list)",
      help: suggestion(for: name.text, among: known) ?? [], fix: guess(name, among: known))
  }
}
