import Language

extension Environment {
  /// Binds the parameters to what is known of them.
  package mutating func take(_ parameters: [CheckedParameter]) {
    for parameter in parameters {
      let value =
        parameter.given.map { Value($0) }
        ?? parameter.defaultValue.flatMap { try? Evaluator(self).constant($0) }
      variables[parameter.name] = value.map { .value($0) } ?? .unknown
    }
  }

  /// Binds what a statement binds to what is known of it without asking.
  package mutating func take(_ statement: CheckedStatement) {
    switch statement {
    case .letExpression(let name, let expression):
      let value = try? Evaluator(self).constant(expression)
      variables[name] = value.map { .value($0) } ?? .unknown
    case .letPipeline(let name, _): variables[name] = .unknown
    default: break
    }
  }
}
