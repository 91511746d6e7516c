import JSON
import Language

/// The effect and the row limit behind each pipeline that writes.
enum InlayHints {
  static func all(of document: Document, _ analysis: Analysis?) -> JSON {
    let size = document.text.bytes.count
    let pipelines = analysis?.script?.statements.flatMap(\.pipelines) ?? []
    return .array(
      pipelines.filter { $0.writes && $0.span.end <= size }.map { pipeline in
        .members([
          "position": document.text.json(pipeline.span.end),
          "label": .string(pipeline.effectAndBound), "paddingLeft": .bool(true),
        ])
      })
  }
}

extension CheckedPipeline {
  /// The effect and the row limit, such as `write, ≤ 3 rows`.
  var effectAndBound: String { "\(effect.name), \(selectionBound) rows" }
}
