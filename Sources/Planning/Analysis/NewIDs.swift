import Evaluation
import Language

/// Follows the ids of the connections that a script creates to the values computed from them: in
/// variables, in columns, and in fields that writes set. No plan knows such a value before the
/// connection exists.
package struct NewIDs: Sendable {
  /// Variables whose rows may be new connections.
  private var made: Set<String> = []
  /// Variables, columns and fields that hold computed values; it counts only by name.
  private var variables: Set<String> = []
  private var columns: Set<String> = []
  private var creates = false

  /// The assignments whose values are computed from such a value.
  package private(set) var uses: Set<SourceSpan> = []

  package init() {}

  package init(_ script: CheckedScript) {
    for statement in script.statements.nested { visit(statement) }
  }

  mutating func visit(_ statement: CheckedStatement) {
    guard let (name, source) = statement.binding else { return }
    switch source {
    case .pipeline(let pipeline): made.set(name, pass(pipeline))
    case .list(let value): variables.set(name, areRead(by: value))
    }
  }

  /// Returns the first stage whose writes depend on a value computed from a new id. The id itself may
  /// be in the body of a write, because it is filled in when it is known.
  func firstUse(in pipeline: CheckedPipeline) -> CheckedStage? {
    let last = pipeline.stages.lastIndex { $0.write != nil } ?? pipeline.stages.endIndex - 1
    return pipeline.stages.prefix(last + 1).first { stage in
      let assignments = stage.arguments.assignments
      if !assignments.isEmpty { return assignments.contains { areComputed(in: $0.value) } }
      return stage.arguments.expressions.contains { areRead(by: $0) }
    }
  }

  /// Returns `true` iff the expression computes a value from a new id that is read through a variable,
  /// or from a value computed earlier.
  func areRead(by expression: CheckedExpression) -> Bool { reads(expression, isNew: false) }

  // MARK: Pipelines

  /// Returns `true` iff the pipeline's rows may be new connections.
  private mutating func pass(_ pipeline: CheckedPipeline) -> Bool {
    var isNew = startsWithNew(pipeline)
    for stage in pipeline.stages {
      for (name, value) in stage.computed where reads(value, isNew: isNew) { columns.insert(name) }
      uses.formUnion(
        stage.arguments.assignments.map(\.value).filter(areComputed).map(\.span))
      isNew = isNew || stage.write?.action.definition.creates == true
      creates = creates || isNew
    }
    return isNew
  }

  private func startsWithNew(_ pipeline: CheckedPipeline) -> Bool {
    switch pipeline.source.kind {
    case .variable(let name): made.contains(name)
    case .lastResult: made.contains(OutcomeVariables.last)
    case .list, .get: creates
    case .file, .nothing: false
    }
  }

  // MARK: Expressions

  /// Returns `true` iff the column of a new connection holds its id.
  static func holdID(_ column: String) -> Bool { column == "id" || column == "raw" }

  private func reads(_ expression: CheckedExpression, isNew: Bool) -> Bool {
    areComputed(in: expression)
      || expression.contains { operand in
        switch operand.kind {
        case .field(_, let name): isNew && Self.holdID(name)
        case .rowField(let variable, _, let name):
          made.contains(variable) && Self.holdID(name)
        default: false
        }
      }
  }

  /// Returns `true` iff the expression reads a value that was computed from a new id.
  private func areComputed(in expression: CheckedExpression) -> Bool {
    expression.contains { operand in
      switch operand.kind {
      case .variable(let name, _): variables.contains(name)
      case .field(_, let name), .rowField(_, _, let name): columns.contains(name)
      default: false
      }
    }
  }
}

extension CheckedStage {
  /// The columns and fields that the stage computes; an id that is passed on is none.
  fileprivate var computed: [(name: String, value: CheckedExpression)] {
    switch arguments {
    case .columns(let columns): columns.filter { !$0.isPassedOn }.map { ($0.name, $0.value) }
    case .grouping(let grouping):
      grouping.keys.filter { !$0.isPassedOn }.map { ($0.name, $0.value) }
        + grouping.aggregates.compactMap { one in one.value.map { (one.name, $0) } }
    case .assignments, .creation: arguments.assignments.map { ($0.field.name, $0.value) }
    default: []
    }
  }
}

extension CheckedColumn {
  fileprivate var isPassedOn: Bool { if case .field(_, name) = value.kind { true } else { false } }
}

extension Set {
  fileprivate mutating func set(_ element: Element, _ isMember: Bool) {
    if isMember { insert(element) } else { remove(element) }
  }
}
