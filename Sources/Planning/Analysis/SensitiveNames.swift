import Language

/// Finds the names in a script whose values may end up in a confidential field, directly or through
/// other names.
package struct SensitiveNames {
  private(set) var all: Set<String> = []
  /// The files whose rows may end up in a confidential field.
  package private(set) var files: Set<String> = []

  /// Walks the statements from last to first, because a name is bound before it is used.
  package init(_ script: CheckedScript) {
    for statement in script.statements.nested.reversed() { visit(statement) }
  }

  private mutating func visit(_ statement: CheckedStatement) {
    guard let (name, source) = statement.binding else { return }
    let isLast = name == OutcomeVariables.last
    let handsOn = isLast ? all.remove(name) != nil : all.contains(name)
    switch source {
    case .pipeline(let pipeline): visit(pipeline, handsOn: handsOn)
    case .list(let list): if handsOn { all.formUnion(list.variablesRead) }
    }
  }

  /// `handsOn` is `true` iff rows may flow from this pipeline into a confidential field later on.
  private mutating func visit(_ pipeline: CheckedPipeline, handsOn: Bool) {
    var handsOn = handsOn
    for stage in pipeline.stages.reversed() {
      switch stage.arguments {
      case .assignments, .creation:
        for assignment in stage.arguments.assignments where assignment.field.isConfidential {
          all.formUnion(assignment.value.variablesRead)
          if !assignment.value.isConstant { handsOn = true }
        }
      case .columns(let columns):
        if handsOn { all.formUnion(columns.flatMap(\.value.variablesRead)) }
      case .rows(let source):
        if handsOn, case .file(let file) = source.kind { files.insert(file.path) }
      default: break
      }
    }
    guard handsOn else { return }
    switch pipeline.source.kind {
    case .variable(let name): all.insert(name)
    case .lastResult: all.insert(OutcomeVariables.last)
    case .file(let file): files.insert(file.path)
    case .list, .get, .nothing: break
    }
  }
}

extension CheckedExpression {
  fileprivate var variablesRead: Set<String> {
    switch kind {
    case .variable(let name, _), .rowField(let name, _, _): [name]
    default: operands.reduce(into: []) { $0.formUnion($1.variablesRead) }
    }
  }
}
