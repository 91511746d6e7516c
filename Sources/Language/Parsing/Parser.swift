/// Turns tokens into a ``Script``, by recursive descent over the productions of
/// `grammar/conn.ebnf`, which each method quotes.
///
/// A syntax error ends its stage or statement; parsing continues after it.
package struct Parser {
  let vocabulary: Vocabulary
  let comments: [Comment]
  let file: SourceFile
  /// The names of all definitions in the text, including later ones.
  let definedNames: [String]
  let tokens: [Token]
  var position = 0
  var openBrackets = 0
  var nesting = 0
  private(set) var openBlocks = 0
  var diagnostics: [Diagnostic]
  /// `true` iff an error at the end of the text has been reported.
  var hasReportedEnd = false
  /// The index from which no closing bracket was found, so that outer brackets don't search again.
  var hopelessPosition: Int?
  /// The last stage that began in the current pipeline.
  var lastStage: StageDefinition?
  /// The cursor, if the text is being typed.
  var cursor: Cursor?
  /// The highlighting style of each word by offset, if highlighting is wanted.
  var painted: [Int: Highlighting.Style]?

  /// The operators spelled as words, by their first word.
  static let operatorWords = [
    "and", "or", "in", "has", "contains", "starts", "ends", "like", "matches", "between",
  ]

  /// The maximum nesting depth of expressions.
  static let nestingLimit = 100

  package struct Output: Sendable {
    package let script: Script
    package let diagnostics: [Diagnostic]
    /// The construct that is still open at the end of the text, if any.
    package let open: UnclosedDelimiter?
    /// The literals that may be credentials.
    package let confidential: [SourceSpan]
    let comments: [Comment]
  }

  package static func parse(_ file: SourceFile, vocabulary: Vocabulary) -> Output {
    let lexed = Lexer.lex(file)
    var parser = Parser(lexed, file, vocabulary)
    let script = parser.script()
    return Output(
      script: script, diagnostics: parser.diagnostics, open: UnclosedDelimiter(endOf: lexed),
      confidential: lexed.confidential, comments: lexed.comments)
  }

  /// Parses a text that ends at the cursor, and returns what can be inserted there.
  static func parse(_ file: SourceFile, vocabulary: Vocabulary, upTo cursor: Int) -> (
    script: Script, expected: [Cursor.Expected]
  ) {
    var parser = Parser(Lexer.lex(file), file, vocabulary)
    parser.cursor = Cursor(offset: cursor)
    let script = parser.script()
    return (script, parser.cursor?.expected ?? [])
  }

  init(_ lexed: Lexer.Output, _ file: SourceFile, _ vocabulary: Vocabulary) {
    self.init(
      lexed.tokens, comments: lexed.comments, file, vocabulary,
      definedNames: Self.definedNames(in: lexed.tokens))
    diagnostics = lexed.diagnostics
  }

  private init(
    _ tokens: [Token], comments: [Comment], _ file: SourceFile, _ vocabulary: Vocabulary,
    definedNames: [String]
  ) {
    self.tokens = tokens
    self.comments = comments
    self.file = file
    self.vocabulary = vocabulary
    self.diagnostics = []
    self.definedNames = definedNames
  }

  /// Returns the names that follow the word `def`.
  private static func definedNames(in tokens: [Token]) -> [String] {
    tokens.indices.dropLast().compactMap { index in
      tokens[index].terminal == .word(.def) ? tokens[index + 1].kind.word : nil
    }
  }

  // MARK: Statements

  /// `script = { separator } , [ statement , { separator , { separator } , statement } ] , { separator } ;`
  mutating func script() -> Script {
    var statements: [Statement] = []
    skipSeparators()
    while terminal != .end, !closesBlock {
      if let statement = recovering({ parser throws(Diagnostic) in try parser.statement() }) {
        statements.append(statement)
      }
      endStatement()
      skipSeparators()
    }
    if let typed = typedStatement() { statements.append(typed) }
    return Script(statements: statements)
  }

  /// `block = "{" , script , "}" ;`
  mutating func block() throws(Diagnostic) -> Block {
    let start = current.span.start
    let script = try braced { parser throws(Diagnostic) in
      try parser.nested { parser throws(Diagnostic) in parser.script() }
    }
    return Block(statements: script.statements, span: span(from: start))
  }

  /// Parses between braces, where newlines still separate statements.
  mutating func braced<T>(
    _ body: (inout Parser) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> T {
    let open = current
    try expect(.leftBrace)
    openBlocks += 1
    defer { openBlocks -= 1 }
    let value = try body(&self)
    if isBehindCursor { return value }
    guard closesBlock else { throw .unclosed(open, .rightBrace, found: current) }
    advance()
    return value
  }

  var closesBlock: Bool { openBlocks > 0 && terminal == .symbol(.rightBrace) }

  /// Ends a statement at a newline, `;`, the end of the text or the brace that closes its block.
  /// Any text before that is reported as a single error.
  mutating func endStatement() {
    guard !endsStatement else { return }
    if terminal != .invalid { report(misplaced(current) ?? .unended(current)) }
    skip { _ in false }
  }

  /// `separator = newline | ";" ;`
  private var isSeparator: Bool { terminal == .newline || terminal == .symbol(.semicolon) }

  var endsStatement: Bool {
    isSeparator || terminal == .end || closesBlock
  }

  // MARK: Tokens

  var current: Token { tokens[currentIndex] }

  /// The current token as the grammar sees it.
  var terminal: Token.Terminal { tokens[currentIndex].terminal }

  /// The current token as a word of the grammar, if it is one.
  var keyword: Keyword? { if case .word(let keyword) = terminal { keyword } else { nil } }

  /// The index of the current token; newlines inside brackets are skipped.
  private var currentIndex: Int {
    var index = position
    while openBrackets > 0, tokens[index].terminal == .newline { index += 1 }
    return index
  }

  /// The token after the current one.
  var following: Token {
    var index = min(currentIndex + 1, tokens.count - 1)
    while openBrackets > 0, tokens[index].terminal == .newline { index += 1 }
    return tokens[index]
  }

  /// Returns the token after one that hasn't been taken yet.
  func token(behind earlier: Token) -> Token {
    let index = tokens[position...].firstIndex { $0.span.start >= earlier.span.end } ?? position
    return tokens[index]
  }

  var previousEnd: Int { position > 0 ? tokens[position - 1].span.end : file.base }

  @discardableResult
  mutating func advance() -> Token {
    while openBrackets > 0, tokens[position].terminal == .newline { position += 1 }
    let token = tokens[position]
    if token.terminal != .end { position += 1 }
    return token
  }

  mutating func consume(_ symbol: Symbol) -> Bool {
    guard terminal == .symbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func consumeWord(_ word: Keyword) -> Bool {
    guard terminal == .word(word) else {
      if cursor != nil { markExpected(.word(word.rawValue)) }
      return false
    }
    paint(word == .not ? .operator : .keyword)
    advance()
    return true
  }

  mutating func expect(_ symbol: Symbol) throws(Diagnostic) {
    guard consume(symbol) || passCursor() else {
      throw .expected("`\(symbol.rawValue)`", found: current)
    }
  }

  mutating func expectWord(_ word: Keyword) throws(Diagnostic) {
    guard consumeWord(word) || passCursor() else {
      throw .expected("`\(word.rawValue)`", found: current)
    }
  }

  mutating func name(_ what: String) throws(Diagnostic) -> Name {
    guard case .name(let text) = current.kind else {
      if passCursor() { return Name(text: "", span: current.span) }
      throw .missingName(what, found: current)
    }
    return Name(text: text, span: advance().span)
  }

  /// Parses between brackets, where newlines are ignored.
  mutating func bracketed<T>(
    _ open: Symbol, _ close: Symbol, _ body: (inout Parser) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> T {
    guard terminal == .symbol(open) || passCursor() else {
      throw .expected("`\(open.rawValue)`", found: current)
    }
    let open = current
    openBrackets += 1
    advance()
    let value = try body(&self)
    guard terminal == .symbol(close) || passCursor() else {
      throw misplaced(current) ?? .unclosed(open, close, found: current)
    }
    advance()
    openBrackets -= 1
    return value
  }

  /// Parses `element { "," element } [ "," ]`, up to `close`.
  mutating func elements<T>(
    until close: Symbol, _ element: (inout Parser) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> [T] {
    var values: [T] = []
    while terminal != .symbol(close) {
      values.append(try element(&self))
      guard consume(.comma) else { break }
    }
    return values
  }

  /// Parses `element { "," element }`.
  mutating func commaSeparated<T>(
    _ element: (inout Parser) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> [T] {
    var values = [try element(&self)]
    while consume(.comma) { values.append(try element(&self)) }
    return values
  }

  /// Runs `body` one level deeper. Throws beyond the nesting limit, which protects the stack.
  mutating func nested<T>(
    _ body: (inout Parser) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> T {
    guard nesting < Self.nestingLimit else { throw .nestedTooDeeply(current.span) }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }

  /// Parses an expression in an interpolated string, which has its own tokens.
  mutating func expression(of tokens: [Token]) throws(Diagnostic) -> Expression {
    var inner = Parser(tokens, comments: [], file, vocabulary, definedNames: definedNames)
    inner.nesting = nesting
    // Moved, because copying them for each of many strings would be slow.
    swap(&inner.cursor, &cursor)
    swap(&inner.painted, &painted)
    defer {
      swap(&inner.cursor, &cursor)
      swap(&inner.painted, &painted)
    }
    let expression = try inner.expression()
    diagnostics += inner.diagnostics
    guard inner.terminal == .end else { throw .expected("`}`", found: inner.current) }
    return expression
  }

  func span(from start: Int) -> SourceSpan { SourceSpan(start, max(previousEnd, start)) }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  // MARK: Separators

  mutating func skipSeparators() {
    while isSeparator { advance() }
  }

  /// Takes a `|`, even at the beginning of a later line, and the newlines after it.
  mutating func consumePipe() -> Bool {
    var index = position
    while tokens[index].terminal == .newline { index += 1 }
    guard tokens[index].terminal == .symbol(.pipe) else { return false }
    position = index + 1
    while tokens[position].terminal == .newline { position += 1 }
    return true
  }

  /// `true` iff the token after the current one is a `|`, perhaps on a later line.
  func pipeFollows() -> Bool {
    tokens[(position + 1)...].first { $0.terminal != .newline }?.terminal == .symbol(.pipe)
  }
}
