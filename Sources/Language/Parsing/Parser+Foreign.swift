/// Recognises spellings of other languages where the grammar allows nothing of the kind.
extension Parser {
  /// The stage of another language that stands here, if any.
  var foreignStage: ForeignTable.Match? {
    guard let found = ForeignTable.stages.match(at: current.span.start, in: file) else {
      return nil
    }
    if case .name(let name) = current.kind {
      if definedNames.contains(name) { return nil }
      if vocabulary.stage(name) != nil { return found }
    }
    let next = token(behind: Token(kind: .invalid, span: found.span))
    guard next.terminal == .symbol(.leftParenthesis) else { return found }
    return isForeignCall(next) ? found.joiningCall(in: self) : nil
  }

  /// The statement of another language that stands here, if any.
  var foreignStatement: ForeignTable.Match? {
    ForeignTable.statements.match(at: current.span.start, in: file)
  }

  /// `true` for the arguments of jq's functions, such as `(.name)` and `(5; .[])`. Any other
  /// argument may be that of a definition.
  private func isForeignCall(_ open: Token) -> Bool {
    let first = token(behind: open)
    return first.terminal == .symbol(.dot) || token(behind: first).terminal == .symbol(.semicolon)
  }

  /// Reports what can't begin a statement.
  var noStatement: Diagnostic {
    if let found = foreignStatement { return .foreign(found) }
    return terminal.startsOperand && !pipeFollows() || terminal == .symbol(.minus)
      ? .valueAlone(current, isAnswer: isLoneNumber) : .expected("a statement", found: current)
  }

  private var isLoneNumber: Bool {
    guard case .literal(.int) = current.kind else { return false }
    return following.terminal == .end || following.terminal == .newline
  }

  /// `true` iff the current word is called like a function that exists.
  var isCall: Bool {
    guard case .name(let name) = current.kind else { return false }
    return following.terminal == .symbol(.leftParenthesis) && vocabulary.function(name) != nil
  }

  /// Takes a comparison of another language after a value that begins at `start`, and reports it.
  mutating func consumeForeignOperator(after start: Int) -> ForeignOperator? {
    guard mayBeForeignOperator,
      let (operation, found) = ForeignOperator.match(at: current.span.start, in: file)
    else { return nil }
    report(.foreign(operation, found, after: start))
    while current.span.start < found.span.end { advance() }
    return operation
  }

  /// `false` for the tokens after a value that are common, and never part of a foreign operator.
  private var mayBeForeignOperator: Bool {
    switch terminal {
    case .word(.and), .word(.or): false
    case .name, .word: isForeignWord
    case .symbol(.tilde), .symbol(.equalTilde), .symbol(.bangTilde): true
    case .symbol(.bang): following.span.start == current.span.end
    case .symbol(.minus): isDashedOperator
    default: false
    }
  }

  /// `true` iff the current token is a word with which none of our own operators begins.
  private var isForeignWord: Bool {
    let spellings = keyword.map(ComparisonOperator.spelled) ?? []
    if spellings.isEmpty {
      return current.kind != .name("is")
        || following.terminal == .word(.not) && !token(behind: following).kind.isNull
    }
    return !spellings.contains { $0.second == nil || $0.second == following.kind.word }
      || isMatchesRegex
  }

  /// `true` for KQL's `matches regex "…"`. Without a pattern behind it, `regex` is a field.
  private var isMatchesRegex: Bool {
    guard following.kind == .name("regex") else { return false }
    if case .literal(.string) = token(behind: following).kind { return true }
    return false
  }

  /// `true` for PowerShell's operators, such as `-eq`, between two values. `a -eq` could subtract a
  /// field, but then no value follows.
  var isDashedOperator: Bool {
    guard case .name = following.kind, following.span.start == current.span.end else {
      return false
    }
    if following.terminal == .word(.and) || following.terminal == .word(.or) { return true }
    guard let (_, found) = ForeignOperator.match(at: current.span.start, in: file) else {
      return false
    }
    if case .word(let own) = following.terminal, own.isReserved { return true }
    let next = token(behind: Token(kind: .invalid, span: found.span))
    return next.terminal.startsOperand && next.terminal != .symbol(.leftParenthesis)
      && next.terminal != .symbol(.leftBrace)
      && next.kind.word.map { !Self.followers.contains($0) } ?? true
  }

  /// Takes PowerShell's `-not`, `-and` or `-or`, and reports it.
  mutating func consumeDashed(_ word: Keyword) -> Bool {
    guard terminal == .symbol(.minus), following.terminal == .word(word),
      following.span.start == current.span.end
    else { return false }
    let span = advance().span.joined(advance().span)
    report(.foreign(Token(kind: .name("-" + word.rawValue), span: span), written: word.rawValue))
    return true
  }

  /// Takes the second `=` of `===` and `!==`, and reports it.
  mutating func reportTripleEqual(_ token: Token, _ comparison: ComparisonOperator) {
    guard terminal == .symbol(.assign), current.span.start == token.span.end else { return }
    let whole = Token(
      kind: .name(comparison.rawValue + "="), span: token.span.joined(advance().span))
    report(.foreign(whole, written: comparison.rawValue))
  }

  /// The words that can follow a complete value.
  private static let followers: Set<String> = [
    "as", "asc", "desc", "with", "starts", "ends", "where",
  ]

  /// Takes a word that another language puts after a stage, if its equivalent is one of these, and
  /// reports it. Returns the equivalent.
  mutating func consumeForeignEnding(among words: [String]) -> String? {
    guard case .name(let word) = current.kind, !words.contains(word),
      let found = ForeignTable.endings.match(at: current.span.start, in: file),
      let meant = found.spelling.meant, words.contains(meant)
    else { return nil }
    report(.foreign(found))
    advance()
    return meant
  }

  /// Takes `by`. If a value stands there instead, reports that only `by` is missing.
  mutating func expectBy() throws(Diagnostic) {
    if cursor == nil, endsStatement || terminal == .symbol(.pipe) {
      throw .missingField(current, behind: previousWord)
    }
    guard terminal != .word(.by), terminal.startsOperand else {
      return try expectWord(.by)
    }
    report(.missingBy(current))
  }

  /// Parses `element { "," element }` for elements that no other value can follow, so that a value
  /// there means that a comma is missing.
  mutating func columnList<T>(
    _ element: (inout Parser) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> [T] {
    var values = [try element(&self)]
    while consumeComma() { values.append(try element(&self)) }
    return values
  }

  private mutating func consumeComma() -> Bool {
    if consume(.comma) { return true }
    guard lacksComma else { return false }
    report(.missingComma(before: current, after: previousEnd))
    return true
  }

  private var lacksComma: Bool {
    switch terminal {
    case .value: return misplaced(current) == nil
    case .word(let word) where word.isReserved: return false
    case .word, .name:
      guard let word = current.kind.word else { return false }
      return !Self.followers.contains(word) && vocabulary.stage(word) == nil
        && !Parser.sources.contains(word) && misplaced(current) == nil
    default: return false
    }
  }

  /// Parses the number of rows of `first`, `last` or `skip`, which Nushell leaves out.
  mutating func rowCount() throws(Diagnostic) -> Expression {
    guard cursor == nil, endsStatement || terminal == .symbol(.pipe) else {
      return try expression()
    }
    throw .missingRowCount(current)
  }

  /// Takes the `=` between a field and its value, or reports that only that is missing.
  mutating func expectAssign() throws(Diagnostic) {
    let isValue =
      switch current.kind {
      case .literal, .interpolation, .variable: true;
      default: false
      }
    guard isValue else { return try expect(.assign) }
    report(.missingAssign(before: current))
  }

  private var previousWord: String { tokens[max(0, position - 1)].kind.word ?? "" }

  // MARK: What stands after a value

  /// Reports a token that can't follow a value, if it is a habit from another language.
  func misplaced(_ token: Token) -> Diagnostic? {
    if let found = ForeignTable.endings.match(at: token.span.start, in: file) {
      return .foreign(found)
    }
    guard openBrackets == 0, case .name(let word) = token.kind else { return nil }
    guard let meant = meantStage(token, word) else {
      return lastStage == nil && lastWordListed ? .missingWhere(token) : nil
    }
    if let write = lastStage, write.effect > .read { return .filterFirst(token, before: write) }
    return .missingPipe(token, meant: meant)
  }

  private func meantStage(_ token: Token, _ word: String) -> String? {
    if let stage = vocabulary.stage(word.lowercased()) { return stage.name }
    return ForeignTable.stages.match(at: token.span.start, in: file)?.spelling.meant
  }

  /// `true` iff the source `list` is all that has been parsed of the pipeline.
  private var lastWordListed: Bool {
    position > 0
      && [.word(.list), .word(.all), .word(.runtime)].contains(tokens[position - 1].terminal)
  }

  /// Takes the unit of a duration that is written apart from its number, as in `90 days`, and
  /// reports it. Returns the duration.
  mutating func consumeForeignUnit(_ count: Int64, from start: Int) -> Expression? {
    guard case .name(let unit) = current.kind,
      let problem = Diagnostic.foreignUnit(
        count, unit, SourceSpan(start, current.span.end))
    else { return nil }
    report(problem)
    advance()
    return node(.invalid, from: start)
  }
}

extension ForeignTable.Match {
  /// Returns the match with the parentheses after it, such as `sort_by(.name)`, so that the fix
  /// removes them.
  fileprivate func joiningCall(in parser: Parser) -> ForeignTable.Match {
    let open = parser.token(behind: Token(kind: .invalid, span: span))
    let dot = parser.token(behind: open)
    let name = parser.token(behind: dot)
    let close = parser.token(behind: name)
    let whole = span.joined(close.span)
    guard case .name(let field) = name.kind, close.terminal == .symbol(.rightParenthesis) else {
      let spelling = ForeignTable.Spelling(
        written: spelling.written, meant: nil, help: spelling.help + ", without parentheses")
      return ForeignTable.Match(spelling: spelling, span: span, text: text)
    }
    let meant = spelling.meant.map { "\($0) \(field)" }
    return ForeignTable.Match(
      spelling: ForeignTable.Spelling(
        written: spelling.written, meant: meant,
        help: meant.map { "write `\($0)`" } ?? spelling.help),
      span: whole, text: parser.file.text(whole))
  }
}
