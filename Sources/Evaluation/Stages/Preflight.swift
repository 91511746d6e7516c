import Language

/// Evaluates everything that can fail without a row, before anything is sent: environment variables
/// that are not set, and malformed references to secrets.
package enum Preflight {
  package static func check(_ script: CheckedScript, _ evaluator: Evaluator) throws(RunError) {
    for expression in script.statements.flatMap(\.expressions) {
      try check(expression, evaluator)
    }
  }

  private static func check(_ expression: CheckedExpression, _ evaluator: Evaluator)
    throws(RunError)
  {
    if case .call(let name, _) = expression.kind, Vocabulary.standard.takesConstants(name) {
      _ = try evaluator.constant(expression)
    }
    for operand in expression.operands { try check(operand, evaluator) }
  }
}

extension Vocabulary {
  fileprivate func takesConstants(_ name: String) -> Bool {
    function(name)?.takesConstants ?? false
  }
}
