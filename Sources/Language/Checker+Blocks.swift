/// `for` and `if`: blocks, whose names end with them.
extension Checker {
  mutating func loop(_ loop: Loop, _ span: SourceSpan) -> CheckedStatement? {
    let (source, element, bound) = loopSource(loop.source)
    let outer = rounds
    rounds = rounds.times(bound)
    let body = block(loop.body) { checker in checker.bind(loop.variable, element) }
    let total = rounds
    rounds = outer
    guard let source else { return nil }
    let checked = CheckedLoop(
      variable: loop.variable.text, source: source, body: body, span: loop.variable.span)
    requireFewRounds(checked, total)
    return .loop(checked)
  }

  mutating func branch(_ branch: Branch) -> CheckedStatement {
    let condition = constant(branch.condition)
    require(condition, fits: .bool, of: "a condition")
    doubtConstants(condition)
    let then = block(branch.then)
    switch branch.otherwise {
    case nil: return .branch(condition: condition, then: then, else: [])
    case .block(let block):
      return .branch(condition: condition, then: then, else: self.block(block))
    case .branch(let next):
      return .branch(condition: condition, then: then, else: [self.branch(next)])
    }
  }

  /// Checks statements whose names end with them.
  private mutating func block(_ block: Block, _ prepare: (inout Checker) -> Void = { _ in })
    -> [CheckedStatement]
  {
    let (outer, names) = (scope, bound)
    defer { (scope, bound) = (outer, names) }
    prepare(&self)
    return block.statements.compactMap { statement in
      if let word = statement.kind.topLevelWord { report(.notInABlock(word, statement.span)) }
      return self.statement(statement)
    }
  }

  // MARK: What a loop goes through

  private mutating func loopSource(_ source: Loop.LoopSource)
    -> (CheckedLoop.LoopSource?, Scope.Variable, RowBound)
  {
    switch source {
    case .pipeline(let pipeline): return rowLoop(pipeline)
    case .expression(let expression):
      if let pipeline = rowsVariable(expression) { return rowLoop(pipeline) }
      return listLoop(constant(expression))
    }
  }

  private mutating func rowLoop(_ pipeline: Pipeline)
    -> (CheckedLoop.LoopSource?, Scope.Variable, RowBound)
  {
    let (checked, _) = self.pipeline(pipeline)
    return (.pipeline(checked), Scope.Variable(.row(checked.schema)), checked.flow.bound)
  }

  /// `$rows` alone is a pipeline without stages.
  private func rowsVariable(_ expression: Expression) -> Pipeline? {
    guard case .variable(let text) = expression.kind, case .rows = scope.variables[text]?.type
    else {
      return nil
    }
    let span = expression.span
    let source = Source(kind: .variable(Name(text: text, span: span)), span: span)
    return Pipeline(source: source, stages: [], span: span)
  }

  private mutating func listLoop(_ list: CheckedExpression)
    -> (CheckedLoop.LoopSource?, Scope.Variable, RowBound)
  {
    switch list.type {
    case .list(let element):
      let bound = list.elementCount.map { RowBound.atMost($0) } ?? .unbounded
      return (.list(list), Scope.Variable(element, nullable: list.holdsNull), bound)
    case .unknown: break
    default: report(.notIterable(list))
    }
    return (nil, Scope.Variable(.unknown), .unbounded)
  }

  private mutating func requireFewRounds(_ loop: CheckedLoop, _ rounds: RowBound) {
    guard loop.writes, let most = rounds.most, most > CheckedLoop.mostWritingRounds else { return }
    report(.tooManyRounds(loop.span, most))
  }
}

extension CheckedExpression {
  /// The number of elements where the text tells it.
  fileprivate var elementCount: Int? {
    if case .list(let elements) = kind { elements.count } else { nil }
  }

  fileprivate var holdsNull: Bool {
    if case .list(let elements) = kind { elements.contains(where: \.isNullable) } else { false }
  }
}

extension Statement.Kind {
  /// The word of a statement that stands at the top level only.
  fileprivate var topLevelWord: String? {
    switch self {
    case .parameter: "param"
    case .definition: "def"
    case .use: "use"
    default: nil
    }
  }
}

extension Diagnostic {
  fileprivate static func notInABlock(_ word: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0116", "`\(word)` stands at the top level only", at: span, label: "inside a block",
      help: ["move it out of the braces"])
  }

  fileprivate static func notIterable(_ value: CheckedExpression) -> Diagnostic {
    Diagnostic(
      "C0214", "`for` goes through a list or rows, not \(value.type.withArticle)", at: value.span,
      label: "this is \(value.type.withArticle)", help: ["write `[…]`, or a pipeline"])
  }

  fileprivate static func tooManyRounds(_ span: SourceSpan, _ rounds: Int) -> Diagnostic {
    Diagnostic(
      "C0308", "a loop that writes goes round at most \(CheckedLoop.mostWritingRounds) times",
      at: span, label: "up to \(rounds) rounds",
      help: ["a stage acts on all of its rows: write one pipeline instead of a loop"])
  }
}
