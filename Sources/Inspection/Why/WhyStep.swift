/// What one stage, or a condition of it, made of a row.
package struct WhyStep: Sendable {
  /// `true`, `false`, `error`, `kept` or `out`.
  package let verdict: String
  package let text: String
  /// How deep it stands in a condition.
  package let depth: Int
  package let facts: String

  init(_ verdict: String, _ text: String, depth: Int = 0, facts: String = "") {
    self.verdict = verdict
    self.text = text
    self.depth = depth
    self.facts = facts
  }

  /// `true` iff the row fell out here.
  var isBad: Bool { ["false", "error", "out"].contains(verdict) }
}

extension WhyStep {
  /// The node and, one level deeper, its children. `words` stand before the text of the first.
  static func steps(_ node: TruthNode, _ words: String = "", depth: Int = 0, also: String? = nil)
    -> [WhyStep]
  {
    let facts = [node.facts.joined(separator: ", "), node.note, also].compactMap { $0 }
      .filter { !$0.isEmpty }.joined(separator: "; ")
    let verdict =
      switch node.verdict {
      case .holds(let holds): "\(holds)"
      case .failed: "error"
      }
    return [WhyStep(verdict, words + node.text, depth: depth, facts: facts)]
      + node.children.flatMap { steps($0, depth: depth + 1) }
  }
}
