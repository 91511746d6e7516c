/// Parses pipelines and sources.
extension Parser {
  /// The words that a pipeline can begin with.
  package static let sources = ["list", "get", "from", "create", "it"]

  /// `pipeline = source , { "|" , stage } ;`
  mutating func pipeline() -> Pipeline {
    let start = current.span.start
    lastStage = nil
    var stages: [Stage] = []
    stages.reserveCapacity(4)
    let written = recovering { parser throws(Diagnostic) in try parser.source(leading: &stages) }
    let source = written ?? Source(kind: .invalid, span: SourceSpan(start, previousEnd))
    while consumePipe() { stages.append(recoveringStage()) }
    return Pipeline(source: source, stages: stages, span: span(from: start))
  }

  mutating func recoveringStage() -> Stage {
    let start = current
    let stage = recovering { parser throws(Diagnostic) in
      let stage = try parser.stage()
      // A stage cut off by an invalid word is not a stage.
      if parser.terminal == .invalid { throw .expected("a stage", found: parser.current) }
      return stage
    }
    let name = Name(text: "", span: start.span)
    return stage ?? Stage(name: name, arguments: .invalid, span: start.span)
  }

  /// `source = list | get | from | create | variable | "it" ;`
  mutating func source(leading stages: inout [Stage]) throws(Diagnostic) -> Source {
    let start = current.span.start
    let kind: Source.Kind
    markExpected(.source)
    if painted != nil, current.kind.word.map(Self.sources.contains) == true { paint(.keyword) }
    switch terminal {
    case .word(.list): kind = try list(leading: &stages)
    case .word(.get): kind = try get()
    case .word(.from): kind = try from()
    case .word(.create): kind = try create(leading: &stages)
    case .word(.it): kind = lastResult()
    default: kind = try namedRows()
    }
    return Source(kind: kind, span: span(from: start))
  }

  /// Parses the name of rows, which is the only source that doesn't begin with a word.
  private mutating func namedRows() throws(Diagnostic) -> Source.Kind {
    switch current.kind {
    case .variable(let text) where following.terminal == .symbol(.assign):
      throw .missingLet(Name(text: text, span: current.span), written: "$\(text)")
    case .variable(let text): return .variable(Name(text: text, span: advance().span))
    case .name(let text): throw unknownStart(Name(text: text, span: current.span))
    case .symbol(.minus) where following.terminal == .symbol(.minus):
      throw .foreignComment(current.span.joined(following.span))
    default: throw noStatement
    }
  }

  /// `diff = "diff" , ( from | variable | "it" ) ;`
  mutating func otherRows() throws(Diagnostic) -> Source {
    markExpected(.otherRows)
    if passCursor() { return Source(kind: .invalid, span: current.span) }
    let isVariable = if case .variable = current.kind { true } else { false }
    guard isVariable || terminal == .word(.from) || terminal == .word(.it) else {
      throw bareFileName.map { .fileWithoutFrom($0) } ?? .otherRowsMissing(current)
    }
    var none: [Stage] = []
    return try source(leading: &none)
  }

  /// `list = "list" , [ "all" ] , [ "with" , "runtime" ] , [ where ] ;`
  private mutating func list(leading stages: inout [Stage]) throws(Diagnostic) -> Source.Kind {
    advance()
    let all = consumeWord(.all)
    let withRuntime = consumeWord(.with)
    if withRuntime { try expectWord(.runtime) }
    markExpected(.word("where"))
    if terminal == .word(.where) { stages.append(recoveringStage()) }
    return .list(all: all, withRuntime: withRuntime)
  }

  /// `get = "get" , expression , { "," , expression } ;`
  private mutating func get() throws(Diagnostic) -> Source.Kind {
    advance()
    return .get(try columnList { parser throws(Diagnostic) in try parser.expression() })
  }

  /// `from = "from" , expression , [ "as" , kind ] ;`
  /// `kind = "csv" | "json" | "jsonl" ;`
  private mutating func from() throws(Diagnostic) -> Source.Kind {
    advance()
    markExpected(.file(FileKind.endings))
    let path = try fileName()
    return .file(
      path, as: consumeWord(.as) ? try word(among: FileKind.endings, "a file type") : nil)
  }

  private mutating func create(leading stages: inout [Stage]) throws(Diagnostic) -> Source.Kind {
    stages.append(try stage())
    return .nothing
  }

  private mutating func lastResult() -> Source.Kind {
    advance()
    return .lastResult
  }

  private func unknownStart(_ name: Name) -> Diagnostic {
    if following.terminal == .symbol(.assign) { return .missingLet(name, written: name.text) }
    if let found = foreignStatement { return .foreignStart(found) }
    if let stage = vocabulary.stage(name.text.lowercased()) {
      return .stageWithoutSource(name, writes: stage.effect > .read)
    }
    return isCall ? .valueAlone(current, isAnswer: false) : .unknownStart(name)
  }
}

extension Diagnostic {
  fileprivate static func stageWithoutSource(_ name: Name, writes: Bool) -> Diagnostic {
    let source = writes ? "list where …" : "list"
    return Diagnostic(
      "C0053", "`\(name.text)` has no rows to work on", at: name.span,
      label: "a stage, not a source", help: ["start with a source: `\(source) | \(name.text) …`"])
  }

  fileprivate static func missingLet(_ name: Name, written: String) -> Diagnostic {
    Diagnostic(
      "C0101", "unknown statement `\(written)`", at: name.span,
      label: "not a source or statement", help: ["to name a value, write `let \(name.text) = …`"],
      fix: Fix("write `let`", [Edit(name.span, "let \(name.text)")]))
  }

  fileprivate static func unknownStart(_ name: Name) -> Diagnostic {
    let words = Parser.sources + Parser.statementWords
    let starts = Parser.sources.joined(separator: ", ")
    return Diagnostic(
      "C0101", "unknown statement `\(name.text)`", at: name.span,
      label: "not a source or statement",
      help: suggestion(for: name.text, among: words)
        ?? ["a pipeline starts with \(starts) or `$rows`"],
      fix: guess(name, among: words))
  }

  fileprivate static func foreignStart(_ found: ForeignTable.Match) -> Diagnostic {
    Diagnostic(
      "C0101", "unknown statement `\(found.text)`", at: found.span,
      label: "not a source or statement", help: [found.spelling.help], fix: found.fix)
  }

  /// Reports a value that stands alone on its line.
  /// `isAnswer` is true for a number that may have been typed too late, as the answer to a question.
  static func valueAlone(_ token: Token, isAnswer: Bool) -> Diagnostic {
    let start = SourceSpan(token.span.start, token.span.start)
    return Diagnostic(
      "C0050", "expected a statement, found a value", at: token.span, label: "a value does nothing",
      help: ["to show a value, write `print …`"],
      fix: isAnswer ? nil : Fix("write `print`", [Edit(start, "print ")]))
  }

  fileprivate static func otherRowsMissing(_ token: Token) -> Diagnostic {
    let start = SourceSpan(token.span.start, token.span.start)
    let what = "`from \"…\"`, `$rows` or `it`"
    guard case .literal(.string) = token.kind else { return .expected(what, found: token) }
    return Diagnostic(
      "C0050", "expected \(what), found a string", at: token.span, label: "expected \(what)",
      help: ["write `diff from \"…\"`"], fix: Fix("write `from`", [Edit(start, "from ")]))
  }

  fileprivate static func foreignComment(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0058", "comments start with `#`", at: span, label: "another language's comment",
      help: ["write `#`"], fix: Fix(span, "#"))
  }
}
