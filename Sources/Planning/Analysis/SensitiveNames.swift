import Language

/// The names of a script whose values may go into a confidential field, also by way of others.
package struct SensitiveNames {
  private(set) var all: Set<String> = []
  /// The files whose rows may go into one.
  package private(set) var files: Set<String> = []
  /// `true` while the result that `it` stands for may go into such a field.
  private var includesLast = false

  package init(_ script: CheckedScript) { take(script.statements) }

  /// From the last statement to the first: a name is bound above its use.
  private mutating func take(_ statements: [CheckedStatement]) {
    for statement in statements.reversed() { take(statement) }
  }

  private mutating func take(_ statement: CheckedStatement) {
    switch statement {
    case .letExpression(let name, let value):
      if all.contains(name) { all.formUnion(value.variablesRead) }
    case .letPipeline(let name, let pipeline): take(pipeline, handsOn: all.contains(name))
    case .pipeline(let pipeline):
      let handsOn = includesLast
      includesLast = false
      take(pipeline, handsOn: handsOn)
    case .branch(_, let then, let other):
      take(other)
      take(then)
    case .loop(let loop):
      take(loop.body)
      take(loop.source, handsOn: all.contains(loop.variable))
    case .print: break
    }
  }

  private mutating func take(_ source: CheckedLoop.LoopSource, handsOn: Bool) {
    switch source {
    case .pipeline(let pipeline): take(pipeline, handsOn: handsOn)
    case .list(let list): if handsOn { all.formUnion(list.variablesRead) }
    }
  }

  /// `handsOn` iff its rows may go into a confidential field behind it.
  private mutating func take(_ pipeline: CheckedPipeline, handsOn: Bool) {
    var handsOn = handsOn
    for stage in pipeline.stages.reversed() {
      switch stage.arguments {
      case .assignments(let assignments):
        for assignment in assignments where assignment.field.isConfidential {
          all.formUnion(assignment.value.variablesRead)
          if !assignment.value.isConstant { handsOn = true }
        }
      case .columns(let columns):
        if handsOn { all.formUnion(columns.flatMap(\.value.variablesRead)) }
      case .rows(let source): if handsOn, case .file(let path) = source.kind { files.insert(path) }
      default: break
      }
    }
    guard handsOn else { return }
    switch pipeline.source.kind {
    case .variable(let name): all.insert(name)
    case .lastResult: includesLast = true
    case .file(let path): files.insert(path)
    case .list, .get, .nothing: break
    }
  }
}

extension CheckedExpression {
  /// The variables that the expression reads.
  fileprivate var variablesRead: Set<String> {
    switch kind {
    case .variable(let name, _), .rowField(let name, _, _): [name]
    default: operands.reduce(into: []) { $0.formUnion($1.variablesRead) }
    }
  }
}
