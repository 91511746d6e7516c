import Evaluation
import Language

/// The files that a script saves, as far as their names are known before it runs.
package struct SavedFiles {
  package private(set) var files: [File] = []

  package struct File: Sendable {
    package let path: String
    package let target: CheckedOutputFile
    package let span: SourceSpan
  }

  package init(_ statements: [CheckedStatement], _ environment: Environment) {
    visit(statements, environment)
  }

  private mutating func visit(_ statements: [CheckedStatement], _ environment: Environment) {
    guard statements.flatMap(\.pipelines).contains(where: \.savesFile) else { return }
    var environment = environment
    for statement in statements {
      environment.bind(statement)
      visit(statement, environment)
    }
  }

  private mutating func visit(_ statement: CheckedStatement, _ environment: Environment) {
    switch statement {
    case .letPipeline(_, let pipeline), .pipeline(let pipeline): add(pipeline, environment)
    case .loop(let loop): visit(loop, environment)
    case .branch(let condition, let then, let other):
      let holds = environment.known(condition)?.bool
      if holds != false { visit(then, environment) }
      if holds != true { visit(other, environment) }
    case .letExpression, .print: break
    }
  }

  private mutating func visit(_ loop: CheckedLoop, _ environment: Environment) {
    var environment = environment
    for round in rounds(of: loop, environment) {
      environment.variables[loop.variable] = round
      visit(loop.body, environment)
    }
  }

  private mutating func rounds(of loop: CheckedLoop, _ environment: Environment)
    -> [Environment.Binding]
  {
    switch loop.source {
    case .pipeline(let pipeline):
      add(pipeline, environment)
      return [.unknown]
    case .list(let list):
      return environment.known(list)?.elements.map { $0.map { .value($0) } } ?? [.unknown]
    }
  }

  private mutating func add(_ pipeline: CheckedPipeline, _ environment: Environment) {
    for stage in pipeline.stages {
      guard case .output(.save(let target)) = stage.operation,
        let path = environment.known(target.path)?.text
      else { continue }
      files.append(File(path: path, target: target, span: stage.span))
    }
  }
}

extension Environment {
  /// The value of an expression; `nil` if it isn't known yet.
  func known(_ expression: CheckedExpression) -> Value? {
    readsUnknown(expression) ? nil : try? Evaluator(self).constant(expression)
  }
}

extension CheckedPipeline {
  var savesFile: Bool {
    stages.contains { if case .output(.save) = $0.operation { true } else { false } }
  }
}
