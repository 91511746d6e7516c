import Evaluation
import Language

extension CheckedPipeline {
  /// The constant texts that the pipeline compares with the handles of tags, with their places.
  package func tagLiterals(_ evaluator: Evaluator) -> [(text: String, span: SourceSpan)] {
    stages.flatMap(\.arguments.expressions).flatMap(\.comparedWithTags).flatMap { expression in
      guard expression.isConstant, let value = try? evaluator.constant(expression) else {
        return [(text: String, span: SourceSpan)]()
      }
      let texts = (value.elements ?? [value]).compactMap(\.string)
      return texts.map { (text: $0, span: expression.span) }
    }
  }
}

extension CheckedExpression {
  /// The operands that comparisons within the expression look for in `tags`.
  fileprivate var comparedWithTags: [CheckedExpression] {
    let own: [CheckedExpression] =
      switch kind {
      case .comparison(.has, let tags, let other), .comparison(.hasAny, let tags, let other),
        .comparison(.hasAll, let tags, let other), .comparison(.isIn, let other, let tags),
        .comparison(.isNotIn, let other, let tags):
        tags.isTags ? [other] : []
      default: []
      }
    return own + operands.flatMap(\.comparedWithTags)
  }

  private var isTags: Bool { if case .field(_, "tags") = kind { true } else { false } }
}
