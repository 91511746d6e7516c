import Evaluation
import JSON
import Language

/// The completions at a place. They come from the text and the tables of the language, not from a
/// workspace.
struct CompletionList {
  private let document: Document
  private let scope: Scope

  init(_ document: Document, _ scope: Scope) {
    self.document = document
    self.scope = scope
  }

  func items(at offset: Int) -> JSON {
    let completion = Completion(
      document.input, at: offset, vocabulary: .standard, scope: scope)
    let replaced = SourceSpan(completion.replaced.lowerBound, completion.replaced.upperBound)
    return .array(completion.candidates.map { item($0, replaced) })
  }

  private func item(_ candidate: Candidate, _ replaced: SourceSpan) -> JSON {
    .members([
      "label": .string(candidate.text), "kind": .int(candidate.kind.number),
      "detail": .string(candidate.detail), "textEdit": document.edit(replaced, candidate.text),
    ])
  }
}

extension Candidate.Kind {
  /// The `CompletionItemKind` of the protocol.
  fileprivate var number: Int64 {
    switch self {
    case .keyword: 14
    case .stage: 2
    case .definition, .function: 3
    case .field: 5
    case .operator: 24
    case .variable: 6
    case .literal, .value: 12
    case .type: 25
    }
  }
}
