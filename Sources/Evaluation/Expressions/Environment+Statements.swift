import Language

extension Environment {
  /// Binds each parameter to its given or default value, or to `unknown`.
  package mutating func bind(_ parameters: [CheckedParameter]) {
    for parameter in parameters {
      let value =
        parameter.given.map { Value($0) }
        ?? parameter.defaultValue.flatMap { try? Evaluator(self).constant($0) }
      variables[parameter.name] = value.map { .value($0) } ?? .unknown
    }
  }

  /// Binds the name that a statement defines, as far as its value is known without calling the
  /// server.
  package mutating func bind(_ statement: CheckedStatement) {
    switch statement {
    case .letExpression(let name, let expression):
      let value = try? Evaluator(self).constant(expression)
      variables[name] = value.map { .value($0) } ?? .unknown
    case .letPipeline(let name, _): variables[name] = .unknown
    default: break
    }
  }
}
