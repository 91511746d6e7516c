import API
import Language
import Text

extension Evaluator {
  /// Returns the tags that the expressions name by title or handle. Before the workspace's tags are
  /// known, the handles are placeholders for display.
  package func tags(_ expressions: [CheckedExpression]) throws(RunError) -> [Tag] {
    var tags: [Tag] = []
    for expression in expressions {
      let value = try constant(expression)
      for text in value.elements?.map(\.text) ?? [value.text] {
        tags.append(
          try environment.tags?.tag(text, at: expression.span)
            ?? Tag(handle: "{handle of \(text.quoted)}", title: text))
      }
    }
    guard let first = expressions.first, tags.isEmpty else { return tags }
    throw RunError(.usage, "the list names no tags", at: first.span)
  }
}
