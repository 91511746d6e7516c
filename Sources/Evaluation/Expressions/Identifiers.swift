import Language

/// Evaluates the ids that `get` names; duplicates are dropped.
package enum Identifiers {
  package static func values(_ expressions: [CheckedExpression], _ evaluator: Evaluator)
    throws(RunError)
    -> [Int64]
  {
    var ids: [Int64] = []
    for expression in expressions {
      let value = try evaluator.constant(expression)
      let found = value.elements.map { $0.compactMap(\.int) } ?? value.int.map { [$0] } ?? []
      for id in found where !ids.contains(id) { ids.append(id) }
    }
    return ids
  }
}
