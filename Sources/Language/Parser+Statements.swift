/// Statements, pipelines and sources.
extension Parser {
  /// `statement = let | param | print | pipeline ;`
  mutating func statement() throws(Diagnostic) -> Statement {
    let start = current.span.start
    let kind: Statement.Kind =
      switch current.kind {
      case .name("let"): try letStatement()
      case .name("param"): .parameter(try parameter())
      case .name("print"): try print()
      default: .pipeline(pipeline())
      }
    return Statement(kind: kind, span: span(from: start))
  }

  /// `let = "let" name "=" ( pipeline | expression ) ;`
  private mutating func letStatement() throws(Diagnostic) -> Statement.Kind {
    advance()
    let name = try name("a name")
    try expect(.assign)
    return startsPipeline
      ? .letPipeline(name, pipeline()) : .letExpression(name, try expression())
  }

  /// `print = "print" expression ;`
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

  /// `param = "param" name ":" type [ "=" expression ] ;`
  private mutating func parameter() throws(Diagnostic) -> ParameterDeclaration {
    let start = advance().span
    let name = try name("a name")
    try expect(.colon)
    let type = try type()
    let value = take(.assign) ? try expression() : nil
    return ParameterDeclaration(
      name: name, type: type, defaultValue: value, documentation: documentation(of: start))
  }

  private func documentation(of span: SourceSpan) -> String? {
    let line = file.position(of: span.start).line
    let comment = comments.first {
      $0.isDocumentation && file.position(of: $0.span.start).line == line
    }
    return comment?.text
  }

  /// `type = "list" "<" type ">" | name ;`
  private mutating func type() throws(Diagnostic) -> ValueType {
    let name = try name("a type")
    if name.text == "list" { return .list(try elementType()) }
    guard let type = ValueType.named[name.text] else { throw .unknownType(name) }
    return type
  }

  private mutating func elementType() throws(Diagnostic) -> ValueType {
    try expect(.less)
    let element = try nested { parser throws(Diagnostic) in try parser.type() }
    try expect(.greater)
    return element
  }

  /// The words that a pipeline starts with.
  package static let sources = ["list", "get", "from", "create", "it"]

  /// `pipeline = source { "|" stage } ;`
  mutating func pipeline() -> Pipeline {
    let start = current.span.start
    var stages: [Stage] = []
    let written = recovering { parser throws(Diagnostic) in try parser.source(leading: &stages) }
    let source = written ?? Source(kind: .invalid, span: SourceSpan(start, previousEnd))
    while takePipe() { stages.append(recoveringStage()) }
    return Pipeline(source: source, stages: stages, span: span(from: start))
  }

  private mutating func recoveringStage() -> Stage {
    let start = current
    let stage = recovering { parser throws(Diagnostic) in try parser.stage() }
    let name = Name(text: "", span: start.span)
    return stage ?? Stage(name: name, arguments: .invalid, span: start.span)
  }

  /// `source = list | get | from | create | variable | "it" ;`
  mutating func source(leading stages: inout [Stage]) throws(Diagnostic) -> Source {
    let start = current.span.start
    let kind: Source.Kind
    switch current.kind {
    case .name("list"): kind = try list(leading: &stages)
    case .name("get"): kind = try get()
    case .name("from"): kind = try from()
    case .name("create"): kind = try create(leading: &stages)
    case .name("it"): kind = lastResult()
    case .variable(let text): kind = .variable(Name(text: text, span: advance().span))
    case .name(let text): throw unknownStart(Name(text: text, span: current.span))
    default: throw .expected("a statement", found: current)
    }
    return Source(kind: kind, span: span(from: start))
  }

  /// `list = "list" [ "all" ] [ "with" "runtime" ] [ "where" expression ] ;`
  private mutating func list(leading stages: inout [Stage]) throws(Diagnostic) -> Source.Kind {
    advance()
    let all = takeWord("all")
    let withRuntime = takeWord("with")
    if withRuntime { try expectWord("runtime") }
    let start = current
    if current.kind == .name("where") {
      let stage = recovering { parser throws(Diagnostic) in try parser.stage() }
      let name = Name(text: "where", span: start.span)
      stages.append(stage ?? Stage(name: name, arguments: .invalid, span: start.span))
    }
    return .list(all: all, withRuntime: withRuntime)
  }

  /// `get = "get" expression { "," expression } ;`
  private mutating func get() throws(Diagnostic) -> Source.Kind {
    advance()
    return .get(
      try commaSeparated { parser throws(Diagnostic) in try parser.expression() })
  }

  /// `from = "from" expression ;`
  private mutating func from() throws(Diagnostic) -> Source.Kind {
    advance()
    return .file(try expression())
  }

  /// `create = "create" assignment { "," assignment } ;`
  private mutating func create(leading stages: inout [Stage]) throws(Diagnostic) -> Source.Kind {
    stages.append(try stage())
    return .nothing
  }

  private mutating func lastResult() -> Source.Kind {
    advance()
    return .lastResult
  }

  private func unknownStart(_ name: Name) -> Diagnostic {
    if vocabulary.stage(name.text) != nil { return .stageWithoutSource(name) }
    return .unknownStart(name, candidates: Self.sources + ["let", "param", "print"])
  }
}

extension Diagnostic {
  fileprivate static func unknownType(_ name: Name) -> Diagnostic {
    let types = ValueType.named.keys.sorted()
    return Diagnostic(
      "C0106", "unknown type `\(name.text)`", at: name.span, label: "no such type",
      help: suggestion(for: name.text, among: types)
        ?? ["the types are \(types.joined(separator: ", ")) and list<…>"])
  }

  fileprivate static func stageWithoutSource(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0053", "`\(name.text)` needs rows", at: name.span, label: "a stage, not a source",
      help: ["start with a source: `list | \(name.text) …`"])
  }

  fileprivate static func unknownStart(_ name: Name, candidates: [String]) -> Diagnostic {
    Diagnostic(
      "C0101", "unknown statement `\(name.text)`", at: name.span,
      label: "not a source or statement",
      help: suggestion(for: name.text, among: candidates)
        ?? ["a pipeline starts with \(Parser.sources.joined(separator: ", ")) or `$rows`"])
  }
}
