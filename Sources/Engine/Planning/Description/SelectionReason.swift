import Language

/// Why rows are among those of a pipeline: the conditions that they satisfied, and the fields that
/// these read.
struct SelectionReason: Sendable {
  private(set) var conditions: [SourceSpan] = []
  /// Fields of a connection; `raw.x` for a member of the answer.
  private(set) var fields: Set<String> = []
  /// The fields that each column is made of; `nil` while the columns are the fields.
  private var columns: [String: Set<String>]?

  /// Takes a further stage in.
  mutating func take(_ stage: CheckedStage) {
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

  /// Takes in why the rows were given that are now used.
  mutating func take(_ other: SelectionReason) {
    conditions += other.conditions.filter { !conditions.contains($0) }
    fields.formUnion(other.fields)
  }

  private func fields(readBy expression: CheckedExpression) -> Set<String> {
    expression.placesRead.reduce(into: []) { $0.formUnion(fields(of: $1)) }
  }

  /// What a place is made of; what an action made of a row is no field.
  private func fields(of place: String) -> Set<String> {
    let column = String(place.prefix { $0 != "." })
    guard let columns else {
      return Field.named(column)?.origin == .requestOnly || Field.named(column) == nil
        ? [] : [place]
    }
    let made = columns[column] ?? []
    return made == [column] ? [place] : made
  }
}

extension CheckedExpression {
  /// The columns that the expression reads; `raw.x` where it reads one member of `raw` alone.
  fileprivate var placesRead: Set<String> {
    switch kind {
    case .field(_, let name): return [name]
    case .member(let value, let name):
      if case .field(_, "raw") = value.kind { return ["raw.\(name)"] }
    default: break
    }
    return operands.reduce(into: []) { $0.formUnion($1.placesRead) }
  }
}

/// The reasons of all pipelines of a script, through the variables that hold their rows.
struct SelectionReasons {
  /// By the span of the pipeline.
  private(set) var all: [SourceSpan: SelectionReason] = [:]
  private var variables: [String: SelectionReason] = [:]
  private var last = SelectionReason()

  init(_ script: CheckedScript) { take(script.statements) }

  private mutating func take(_ statements: [CheckedStatement]) {
    for statement in statements { take(statement) }
  }

  private mutating func take(_ statement: CheckedStatement) {
    switch statement {
    case .letPipeline(let name, let pipeline): variables[name] = reason(of: pipeline)
    case .letExpression(let name, _): variables[name] = nil
    case .pipeline(let pipeline): last = reason(of: pipeline)
    case .branch(_, let then, let other):
      take(then)
      take(other)
    case .loop(let loop): take(loop)
    case .print: break
    }
  }

  private mutating func take(_ loop: CheckedLoop) {
    let outer = variables
    defer { variables = outer }
    variables[loop.variable] = nil
    if case .pipeline(let pipeline) = loop.source {
      variables[loop.variable] = reason(of: pipeline)
    }
    take(loop.body)
  }

  private mutating func reason(of pipeline: CheckedPipeline) -> SelectionReason {
    var reason = start(pipeline.source)
    for stage in pipeline.stages { reason.take(stage) }
    all[pipeline.span] = reason
    return reason
  }

  /// The rows of a variable bring theirs along; so does the row of a round whose id is named.
  private func start(_ source: CheckedSource) -> SelectionReason {
    switch source.kind {
    case .variable(let name): return variables[name] ?? SelectionReason()
    case .lastResult: return last
    case .get(let ids):
      var reason = SelectionReason()
      for case .rowField(let name, _, "id") in ids.map(\.kind) {
        if let given = variables[name] { reason.take(given) }
      }
      return reason
    case .list, .file, .nothing: return SelectionReason()
    }
  }
}
