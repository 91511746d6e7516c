import Evaluation
import JSON
import Language

/// Places and edits in a document, as the protocol writes them.
extension Document {
  func range(_ span: SourceSpan) -> JSON { text.range(span.start..<span.end) }

  func location(_ span: SourceSpan) -> JSON {
    .members(["uri": .string(uri), "range": range(span)])
  }

  func edit(_ span: SourceSpan, _ replacement: String) -> JSON {
    .members(["range": range(span), "newText": .string(replacement)])
  }

  func workspaceEdit(_ edits: [(SourceSpan, String)]) -> JSON {
    let list = JSON.array(edits.map { edit($0.0, $0.1) })
    return .members(["changes": .object(JSON.Object([(uri, list)]))])
  }

  /// `true` iff the document is a script, not a configuration or a file of tests.
  var isScript: Bool {
    !isTooLarge && !ConfigurationAnalysis.isMeant(by: input, vocabulary: .standard)
      && !TestFileAnalysis.isMeant(by: input, vocabulary: .standard)
  }
}

extension DocumentText {
  func range(_ offsets: Range<Int>) -> JSON {
    .members(["start": json(offsets.lowerBound), "end": json(offsets.upperBound)])
  }

  func json(_ offset: Int) -> JSON {
    let place = position(of: offset)
    return .members(["line": .int(place.line), "character": .int(place.character)])
  }
}
