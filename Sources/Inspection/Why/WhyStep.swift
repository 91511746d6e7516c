/// The effect of one stage, or of one of its conditions, on a row.
package struct WhyStep: Sendable {
  /// One of `true`, `false`, `error`, `kept` and `out`.
  package let verdict: String
  package let text: String
  /// The nesting depth in a condition; 0 at the top.
  package let depth: Int
  package let facts: String

  init(_ verdict: String, _ text: String, depth: Int = 0, facts: String = "") {
    self.verdict = verdict
    self.text = text
    self.depth = depth
    self.facts = facts
  }

  /// `true` iff the row was dropped here.
  var isBad: Bool { ["false", "error", "out"].contains(verdict) }
}

extension WhyStep {
  /// Returns the node and, one level deeper, its children. `prefix` precedes the text of the node.
  static func steps(_ node: TruthNode, _ prefix: String = "", depth: Int = 0, also: String? = nil)
    -> [WhyStep]
  {
    let facts = [node.facts.joined(separator: ", "), node.note, also].compactMap { $0 }
      .filter { !$0.isEmpty }.joined(separator: "; ")
    let verdict =
      switch node.verdict {
      case .holds(let holds): "\(holds)"
      case .failed: "error"
      }
    return [WhyStep(verdict, prefix + node.text, depth: depth, facts: facts)]
      + node.children.flatMap { steps($0, depth: depth + 1) }
  }
}
