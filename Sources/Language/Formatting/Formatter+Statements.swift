import Text

/// Formats statements, pipelines and blocks.
extension Formatter {
  mutating func add(_ statement: Statement, indent: Int) {
    switch statement.kind {
    case .pipeline(let pipeline): add(pipeline, indent: indent)
    case .letPipeline(let name, let pipeline):
      add(pipeline, behind: "let \(name.text) = ", indent: indent)
    case .letExpression(let name, let value):
      add("let \(name.text) = ", value, statement.span.end, indent: indent, besidePipelines: true)
    case .print(let value): add("print ", value, statement.span.end, indent: indent)
    case .parameter(let parameter): add(parameter, statement.span.end, indent: indent)
    case .definition(let definition): add(definition, indent: indent)
    case .use(let path): add("use " + file.text(path.span), indent: indent)
    case .loop(let loop): add(loop, indent: indent)
    case .branch(let branch):
      add(branch, behind: "if ", indent: indent)
    case .profile(let profile): add(profile, behind: "profile", indent: indent)
    case .test(let test): add(test, behind: "test", indent: indent)
    case .defaultProfile(let name): add("default = " + file.text(name.span), indent: indent)
    }
  }

  /// Adds a line with `head` and an expression; comments inside the expression go above it. With
  /// `besidePipelines`, an expression that begins with the name of a source would be parsed as a
  /// pipeline, so it keeps its parentheses.
  mutating func add(
    _ head: String, _ value: Expression, _ end: Int, indent: Int, besidePipelines: Bool = false
  ) {
    var layout = layout(value)
    if besidePipelines, layout.startsWithSource {
      layout = .row([.text("("), layout, .text(")")])
    }
    hoistComments(before: end, indent: indent)
    add(
      head + layout.text(indent: indent, column: indent + head.displayWidth, limit: Self.width),
      indent: indent)
  }

  private mutating func add(_ parameter: ParameterDeclaration, _ end: Int, indent: Int) {
    let head = "param \(parameter.name.text): \(parameter.type)"
    guard let value = parameter.defaultValue else {
      hoistComments(before: end, indent: indent)
      return add(head, indent: indent)
    }
    add(head + " = ", value, end, indent: indent)
  }

  private mutating func add(_ definition: Definition, indent: Int) {
    let parameters = definition.parameters.map { "\($0.name.text): \($0.type)" }
    let head = "def \(definition.name.text)(\(parameters.joined(separator: ", "))) = "
    hoistComments(before: definition.stages.first?.span.start ?? 0, indent: indent)
    let stages = definition.stages.map { ($0.span, layout($0)) }
    addStages(stages, behind: head, indent: indent, continuation: indent + 2, separators: false)
  }

  // MARK: Blocks

  private mutating func add(_ loop: Loop, indent: Int) {
    let head = "for \(loop.variable.text) in "
    switch loop.source {
    case .pipeline(let pipeline): add(pipeline, behind: head, indent: indent)
    case .expression(let value):
      add(head, value, loop.body.span.start, indent: indent, besidePipelines: true)
    }
    add(loop.body, indent: indent)
  }

  private mutating func add(_ branch: Branch, behind head: String, indent: Int) {
    add(head, branch.condition, branch.then.span.start, indent: indent)
    addRest(of: branch, indent: indent)
  }

  private mutating func addRest(of branch: Branch, indent: Int) {
    add(branch.then, indent: indent)
    switch branch.otherwise {
    case nil: break
    case .block(let block):
      extendLastLine(" else")
      add(block, indent: indent)
    case .branch(let next):
      let head = "} else if "
      let condition = layout(next.condition)
      let column = indent + head.displayWidth
      extendLastLine(
        head.dropFirst() + condition.text(indent: indent, column: column, limit: Self.width))
      addRest(of: next, indent: indent)
    }
  }

  /// Adds ` {` to the last line, then the statements and `}`.
  private mutating func add(_ block: Block, indent: Int) {
    extendLastLine(" {")
    if block.statements.isEmpty, !hasComment(in: block.span) { return extendLastLine("}") }
    addTrailingComment(after: block.span.start + 1)
    begin(block.span)
    add(block.statements, indent: indent + 2, end: block.span.end - 1)
    add("}", indent: indent)
  }

  // MARK: Pipelines

  private mutating func add(_ pipeline: Pipeline, behind head: String = "", indent: Int) {
    hoistComments(before: pipeline.span.start, indent: indent)
    var parts: [(SourceSpan, Layout)] = []
    if case .nothing = pipeline.source.kind {
    } else {
      parts.append((pipeline.source.span, layout(pipeline.source)))
    }
    parts += pipeline.stages.map { ($0.span, layout($0)) }
    addStages(
      parts, behind: head, indent: indent, continuation: head.isEmpty ? indent : indent + 2,
      separators: pipeline.startsWithFilter)
  }

  /// Adds the parts on one line if they fit, otherwise one per line. `separators` is `true` iff the
  /// second part can follow the first without a `|`.
  private mutating func addStages(
    _ parts: [(span: SourceSpan, layout: Layout)], behind head: String, indent: Int,
    continuation: Int, separators: Bool
  ) {
    let line = Layout.row(
      parts.enumerated().flatMap { index, part in
        [.text(index == 0 ? head : index == 1 && separators ? " " : " | "), part.layout]
      })
    if indent + line.width <= Self.width, !line.mustBreak, !hasComment(between: parts.map(\.span)) {
      hoistComments(before: parts.last?.span.end ?? 0, indent: indent)
      return add(line.flat, indent: indent)
    }
    for (index, part) in parts.enumerated() {
      let lead = index == 0 ? head : "| "
      let blanks = index == 0 ? indent : continuation
      hoistComments(before: part.span.end, indent: blanks)
      let inner = index == 0 ? blanks : blanks + 2
      add(
        lead
          + part.layout.text(indent: inner, column: blanks + lead.displayWidth, limit: Self.width),
        indent: blanks)
      addTrailingComment(after: part.span.end)
    }
  }
}

extension Layout {
  fileprivate var startsWithSource: Bool {
    let flat = flat
    return Parser.sources.contains { source in
      flat.utf8.starts(with: source.utf8)
        && flat.utf8.dropFirst(source.utf8.count).first?.isNamePart != true
    }
  }
}

extension Pipeline {
  /// `true` iff the first stage is a `where` that can follow `list` without a `|`.
  fileprivate var startsWithFilter: Bool {
    guard case .list = source.kind, let first = stages.first, first.name.text == "where",
      case .predicate = first.arguments
    else { return false }
    return true
  }
}
