/// Checks `for` and `if`. Names bound in a block end with it.
extension Checker {
  mutating func loop(_ loop: Loop, _ span: SourceSpan) -> CheckedStatement? {
    let source = loopSource(loop.source)
    let outer = rounds
    rounds = rounds.times(source.bound)
    let body = block(loop.body) { checker in checker.bind(loop.variable, source.element) }
    let total = rounds
    rounds = outer
    guard let checkedSource = source.checked else { return nil }
    let checked = CheckedLoop(
      variable: loop.variable.text, source: checkedSource, body: body, span: loop.variable.span)
    requireFewRounds(checked, total)
    requireNarrowing(checked, source)
    return .loop(checked)
  }

  mutating func branch(_ branch: Branch) -> CheckedStatement {
    let condition = constant(branch.condition)
    require(condition, fits: .bool, of: "a condition")
    doubtConstants(condition, isBranch: true)
    let then = block(branch.then)
    switch branch.otherwise {
    case nil: return .branch(condition: condition, then: then, else: [])
    case .block(let block):
      return .branch(condition: condition, then: then, else: self.block(block))
    case .branch(let next):
      return .branch(condition: condition, then: then, else: [self.branch(next)])
    }
  }

  /// Checks the statements of a block.
  private mutating func block(_ block: Block, _ prepare: (inout Checker) -> Void = { _ in })
    -> [CheckedStatement]
  {
    let (outer, names) = (scope, bound)
    defer { (scope, bound) = (outer, names) }
    prepare(&self)
    return block.statements.compactMap { statement in
      if let word = statement.kind.topLevelWord { refuse(statement, word) }
      return self.statement(statement)
    }
  }

  /// Reports a statement that isn't allowed in a block. The name it would bind is bound anyway, so
  /// that its uses cause no further errors.
  private mutating func refuse(_ statement: Statement, _ word: String) {
    report(.notInABlock(word, statement.span))
    switch statement.kind {
    case .parameter(let parameter): bind(parameter.name, Scope.Variable(.unknown))
    case .use: hasRefusedUse = true
    default: break
    }
  }

  // MARK: Sources of loops

  /// The checked source of a loop, and its variable.
  private struct CheckedLoopSource {
    /// `nil` if the source has an error.
    var checked: CheckedLoop.LoopSource?
    let element: Scope.Variable
    let bound: RowBound
    var flow: RowType?
    var doubts: [Diagnostic] = []
  }

  /// Reports doubtful or unfiltered rows in a loop that writes: they decide what is changed, just
  /// as if they were written to directly.
  private mutating func requireNarrowing(_ loop: CheckedLoop, _ source: CheckedLoopSource) {
    let stages = loop.body.flatMap(\.pipelines).flatMap(\.stages)
    guard let write = stages.first(where: { $0.effect > .read }) else { return }
    source.doubts.forEach { report($0) }
    if let list = source.flow?.wholeList { report(.unnarrowedWrite(list, write)) }
  }

  private mutating func loopSource(_ source: Loop.LoopSource) -> CheckedLoopSource {
    switch source {
    case .pipeline(let pipeline): return rowLoop(pipeline)
    case .expression(let expression):
      if let pipeline = rowsVariable(expression) { return rowLoop(pipeline) }
      return listLoop(constant(expression))
    }
  }

  private mutating func rowLoop(_ pipeline: Pipeline) -> CheckedLoopSource {
    let (checked, doubts) = self.pipeline(pipeline)
    return CheckedLoopSource(
      checked: .pipeline(checked), element: Scope.Variable(.row(checked.schema)),
      bound: checked.flow.bound, flow: checked.flow, doubts: checked.writes ? [] : doubts)
  }

  /// Returns a pipeline without stages if the expression is a variable that holds rows.
  private func rowsVariable(_ expression: Expression) -> Pipeline? {
    guard case .variable(let text) = expression.kind, case .rows = scope.variables[text]?.type
    else {
      return nil
    }
    let span = expression.span
    let source = Source(kind: .variable(Name(text: text, span: span)), span: span)
    return Pipeline(source: source, stages: [], span: span)
  }

  private mutating func listLoop(_ list: CheckedExpression) -> CheckedLoopSource {
    switch list.type {
    case .list(let element):
      let written = value(of: list)
      var variable = Scope.Variable(element, nullable: written.mayHoldNull)
      variable.written = written
      variable.holdsSecret = list.holdsSecret
      return CheckedLoopSource(
        checked: .list(list), element: variable,
        bound: written.elementCount.map { .atMost($0) } ?? .unbounded)
    case .unknown: break
    default: report(.notIterable(list))
    }
    return CheckedLoopSource(element: Scope.Variable(.unknown), bound: .unbounded)
  }

  /// Returns the value that a `let` bound, if the list is a variable.
  private func value(of list: CheckedExpression) -> CheckedExpression {
    guard case .variable(let name, _) = list.kind else { return list }
    return scope.variables[name]?.value ?? list
  }

  private mutating func requireFewRounds(_ loop: CheckedLoop, _ rounds: RowBound) {
    guard loop.writes, let most = rounds.most, most > CheckedLoop.maxWritingRounds else { return }
    report(.tooManyRounds(loop.span, most))
  }
}

extension CheckedExpression {
  /// The number of elements, if the text determines it.
  fileprivate var elementCount: Int? {
    if case .list(let elements) = kind { elements.count } else { nil }
  }

  /// `true` unless the text proves that no element is null.
  fileprivate var mayHoldNull: Bool {
    if case .list(let elements) = kind { elements.contains(where: \.isNullable) } else { true }
  }
}

extension Statement.Kind {
  /// The keyword, if the statement is allowed only at the top level.
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
      "C0116", "`\(word)` is allowed only at the top level", at: span, label: "inside a block",
      help: ["move it out of the braces"])
  }

  fileprivate static func notIterable(_ value: CheckedExpression) -> Diagnostic {
    Diagnostic(
      "C0214", "`for` needs a list or rows, not \(value.type.withArticle)", at: value.span,
      label: "this is \(value.type.withArticle)", help: ["write `[…]`, or a pipeline"])
  }

  fileprivate static func tooManyRounds(_ span: SourceSpan, _ rounds: Int) -> Diagnostic {
    Diagnostic(
      "C0308", "a loop that writes can run at most \(CheckedLoop.maxWritingRounds) iterations",
      at: span, label: "up to \(rounds) iterations",
      help: ["write one pipeline instead of a loop: a stage acts on all of its rows"])
  }
}
