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

/// The reason why a pipeline selected its rows: the conditions they satisfied, and the fields that
/// these conditions read.
package struct SelectionReason: Sendable {
  private(set) var conditions: [SourceSpan] = []
  /// The fields of a connection; `raw.x` for a member of the API's answer.
  private(set) var fields: Set<String> = []
  /// The fields that each column is computed from; `nil` while the columns are the fields.
  private var columns: [String: Set<String>]?

  package init() {}

  mutating func add(_ stage: CheckedStage) {
    switch stage.arguments {
    case .predicate(let predicate):
      conditions.append(predicate.span)
      fields.formUnion(fields(readBy: predicate))
    case .columns(let chosen):
      columns = Dictionary(
        chosen.map { ($0.name, fields(readBy: $0.value)) }, uniquingKeysWith: { $1 })
    default: break
    }
  }

  /// Adds the reason why the rows used here were selected before.
  mutating func add(_ other: SelectionReason) {
    conditions += other.conditions.filter { !conditions.contains($0) }
    fields.formUnion(other.fields)
  }

  private func fields(readBy expression: CheckedExpression) -> Set<String> {
    expression.pathsRead.reduce(into: []) { $0.formUnion(fields(of: $1)) }
  }

  /// Returns the fields behind a column or `raw.x`; nothing for a column that an action added.
  private func fields(of path: String) -> Set<String> {
    let column = String(path.prefix { $0 != "." })
    // Titles may change while the tags stay, so what is recorded and compared are the handles.
    let path = path == "tag_titles" ? "tags" : path
    guard let columns else {
      return Field.named(column)?.origin == .requestOnly || Field.named(column) == nil
        ? [] : [path]
    }
    let made = columns[column] ?? []
    return made == [column] ? [path] : made
  }
}

extension CheckedExpression {
  /// The columns that the expression reads; `raw.x` if it reads only that member of `raw`.
  fileprivate var pathsRead: Set<String> {
    switch kind {
    case .field(_, let name): return [name]
    case .member(let value, let name):
      if case .field(_, "raw") = value.kind { return ["raw.\(name)"] }
    default: break
    }
    return operands.reduce(into: []) { $0.formUnion($1.pathsRead) }
  }
}
