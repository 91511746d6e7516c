import Text

/// Parses statements.
extension Parser {
  /// `statement = let | param | def | use | for | if | print | profile | default | test | pipeline ;`
  mutating func statement() throws(Diagnostic) -> Statement {
    let start = current.span.start
    if painted != nil, current.kind.word.map(Self.statementWords.contains) == true {
      paint(.keyword)
    }
    let kind: Statement.Kind =
      switch terminal {
      case .word(.let): try letStatement()
      case .word(.param): .parameter(try parameterStatement())
      case .word(.def): .definition(try definition())
      case .word(.use): try use()
      case .word(.for): .loop(try loop())
      case .word(.if): .branch(try branch())
      case .word(.print): try print()
      case .word(.profile): .profile(try profile())
      case .word(.default): .defaultProfile(try defaultProfile())
      case .word(.test): .test(try test())
      default: .pipeline(pipeline())
      }
    return Statement(kind: kind, span: span(from: start))
  }

  /// The words that begin a statement other than a pipeline.
  package static let statementWords =
    ["let", "param", "def", "use", "for", "if", "print"] + configurationWords + testWords

  /// The words of statements that are not allowed in a block.
  static let topLevelWords = ["param", "def", "use"]

  /// The words of the statements that are allowed only in the configuration.
  package static let configurationWords = ["profile", "default"]

  /// The words of the statements that are allowed only in a test file.
  package static let testWords = ["test"]

  /// `let = "let" , word , "=" , ( pipeline | expression ) ;`
  private mutating func letStatement() throws(Diagnostic) -> Statement.Kind {
    advance()
    let name = try name("a name")
    paint(name, .variable)
    try expect(.assign)
    markExpected(.source)
    if startsPipeline { return .letPipeline(name, pipeline()) }
    return .letExpression(name, recoveringExpression())
  }

  /// `print = "print" , expression ;`
  private mutating func print() throws(Diagnostic) -> Statement.Kind {
    advance()
    return .print(try expression())
  }

  private var startsPipeline: Bool {
    switch current.kind {
    case .name(let word): Self.sources.contains(word)
    case .variable: pipeFollows()
    default: false
    }
  }

  // MARK: Parameters

  /// `param = "param" , parameter , [ "=" , expression ] ;`
  private mutating func parameterStatement() throws(Diagnostic) -> ParameterDeclaration {
    let start = advance().span
    let parameter = try parameter(takesRows: false)
    let value = consume(.assign) ? recoveringExpression() : nil
    return ParameterDeclaration(
      name: parameter.name, type: parameter.type, defaultValue: value,
      documentation: documentation(of: start))
  }

  /// `parameter = word , ":" , type ;`
  private mutating func parameter(takesRows: Bool) throws(Diagnostic) -> Definition.Parameter {
    let name = try name("a name")
    paint(name, .variable)
    try expect(.colon)
    return Definition.Parameter(name: name, type: try type(takesRows: takesRows))
  }

  /// Returns the `##` comment on the line of `span`.
  private func documentation(of span: SourceSpan) -> String? {
    let line = file.line(file.position(of: span.start).line)
    let first = comments.partitioningIndex { $0.span.start >= line.start }
    let comment = comments[first...].prefix { $0.span.start < line.end }.first
    return comment?.isDocumentation == true ? comment?.text : nil
  }

  /// `type = "list" , "<" , type , ">" | typename ;`
  /// `typename = "string" | "int" | "bool" | "timestamp" | "duration" | "secret" | "json" | "record"
  ///           | "rows" ;`
  private mutating func type(takesRows: Bool) throws(Diagnostic) -> ValueType {
    markExpected(.type(takesRows: takesRows))
    let name = try name("a type")
    paint(name, .keyword)
    if name.text == "list" { return .list(try elementType()) }
    if name.text == "rows" { return .anyRows }
    guard let type = ValueType.named[name.text] else {
      report(.unknownType(name))
      return .unknown
    }
    return type
  }

  private mutating func elementType() throws(Diagnostic) -> ValueType {
    try expect(.less)
    let element = try nested { parser throws(Diagnostic) in try parser.type(takesRows: false) }
    try expect(.greater)
    return element
  }

  // MARK: Definitions

  /// `def = "def" , defined , "(" , [ parameter , { "," , parameter } , [ "," ] ] , ")" , "=" ,
  ///       stage , { "|" , stage } ;`
  private mutating func definition() throws(Diagnostic) -> Definition {
    let start = advance().span
    let name = try name("a name")
    paint(name, .function)
    if vocabulary.stage(name.text) != nil { report(.nameOfStage(name)) }
    let parameters = try bracketed(.leftParenthesis, .rightParenthesis) {
      parser throws(Diagnostic) in
      try parser.elements(until: .rightParenthesis) { parser throws(Diagnostic) in
        try parser.parameter(takesRows: true)
      }
    }
    try expect(.assign)
    var stages = [recoveringStage()]
    while consumePipe() { stages.append(recoveringStage()) }
    return Definition(
      name: name, parameters: parameters, stages: stages, documentation: documentation(of: start))
  }

  /// `use = "use" , string ;`
  private mutating func use() throws(Diagnostic) -> Statement.Kind {
    advance()
    markExpected(.file(["conn"]))
    guard case .literal(.string(let path)) = current.kind else {
      throw bareFileName.map { .fileWithoutQuotes($0) } ?? .missingFile(current)
    }
    return .use(path: Name(text: path, span: advance().span))
  }

  // MARK: Blocks

  /// `for = "for" , word , "in" , ( pipeline | expression ) , block ;`
  private mutating func loop() throws(Diagnostic) -> Loop {
    advance()
    let variable = try name("a name")
    paint(variable, .variable)
    try expectWord(.in)
    markExpected(.source)
    let source: Loop.LoopSource =
      startsPipeline ? .pipeline(pipeline()) : .expression(try expression())
    return Loop(variable: variable, source: source, body: try block())
  }

  /// `if = "if" , expression , block , [ "else" , ( if | block ) ] ;`
  private mutating func branch() throws(Diagnostic) -> Branch {
    paint(.keyword)
    advance()
    let condition = try expression()
    let then = try block()
    return Branch(condition: condition, then: then, otherwise: try otherwise())
  }

  private mutating func otherwise() throws(Diagnostic) -> Branch.Otherwise? {
    guard consumeWord(.else) else { return nil }
    guard terminal == .word(.if) else { return .block(try block()) }
    return .branch(try nested { parser throws(Diagnostic) in try parser.branch() })
  }
}

extension Diagnostic {
  fileprivate static func unknownType(_ name: Name) -> Diagnostic {
    let types = ValueType.named.keys.sorted()
    return Diagnostic(
      "C0106", "unknown type `\(name.text)`", at: name.span, label: "no such type",
      help: suggestion(for: name.text, among: types)
        ?? ["the types are \(types.joined(separator: ", ")) and list<…>"],
      fix: guess(name, among: types))
  }

  fileprivate static func missingFile(_ token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected a file name in quotes, found \(token.kind.spoken)", at: token.span,
      label: "expected a name in quotes", help: ["for example `use \"lib.conn\"`"])
  }

  fileprivate static func nameOfStage(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0115", "`\(name.text)` is the name of a stage", at: name.span, label: "already taken",
      help: ["choose another name for the definition"])
  }
}
