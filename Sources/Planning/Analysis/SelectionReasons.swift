import Language

/// Collects the selection reasons of all writes in a script, following rows through variables.
package struct SelectionReasons: Sendable {
  /// The reasons for the rows at the end of each pipeline, by its span.
  package private(set) var pipelines: [SourceSpan: SelectionReason] = [:]
  /// The reasons for the rows of each write stage, by its span. Conditions behind the stage only choose
  /// among rows already written, so they are no reason.
  package private(set) var writes: [SourceSpan: SelectionReason] = [:]
  private var variables: [String: SelectionReason] = [:]
  private var last = SelectionReason()

  package init() {}

  package init(_ script: CheckedScript) { visit(script.statements) }

  private mutating func visit(_ statements: [CheckedStatement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: CheckedStatement) {
    switch statement {
    case .letPipeline(let name, let pipeline): variables[name] = reason(of: pipeline)
    case .letExpression(let name, _): variables[name] = nil
    case .pipeline(let pipeline): last = reason(of: pipeline)
    case .branch(_, let then, let other):
      visit(then)
      visit(other)
    case .loop(let loop): visit(loop)
    case .print: break
    }
  }

  private mutating func visit(_ loop: CheckedLoop) {
    let outer = variables
    defer { variables = outer }
    variables[loop.variable] = nil
    if case .pipeline(let pipeline) = loop.source {
      variables[loop.variable] = reason(of: pipeline)
    }
    visit(loop.body)
  }

  private mutating func reason(of pipeline: CheckedPipeline) -> SelectionReason {
    var reason = start(pipeline.source)
    for stage in pipeline.stages {
      if stage.effect > .read { writes[stage.span] = reason }
      reason.add(stage)
    }
    pipelines[pipeline.span] = reason
    return reason
  }

  /// Returns the reason that a source starts with. Rows of a variable keep theirs; so does the row
  /// of a loop whose id `get` names.
  private func start(_ source: CheckedSource) -> SelectionReason {
    switch source.kind {
    case .variable(let name): return variables[name] ?? SelectionReason()
    case .lastResult: return last
    case .get(let ids):
      var reason = SelectionReason()
      for case .rowField(let name, _, "id") in ids.map(\.kind) {
        if let given = variables[name] { reason.add(given) }
      }
      return reason
    case .list, .file, .nothing: return SelectionReason()
    }
  }
}
