import JSON
import Language

/// The result of a check as JSON objects, for editors and scripts.
package enum AnalysisRecords {
  /// Returns one object per diagnostic, then one per pipeline.
  package static func all(_ analysis: Analysis) -> [JSON] {
    let pipelines = analysis.script?.statements.flatMap(\.pipelines) ?? []
    return analysis.diagnostics.map { diagnostic($0, analysis.sources) }
      + pipelines.map { pipeline($0, analysis.sources) }
  }

  /// Returns one object per diagnostic.
  package static func all(_ analysis: ConfigurationAnalysis) -> [JSON] {
    analysis.diagnostics.map { diagnostic($0, analysis.sources) }
  }

  /// Returns one object per diagnostic.
  package static func all(_ analysis: TestFileAnalysis) -> [JSON] {
    analysis.diagnostics.map { diagnostic($0, analysis.sources) }
  }

  /// Returns severity, code, message, place, label, help, related places and fixes. Lines and
  /// columns count from 1, lengths are in Unicode scalars, and edits are byte offsets in their
  /// file.
  private static func diagnostic(_ diagnostic: Diagnostic, _ sources: SourceMap) -> JSON {
    let related = diagnostic.related.map { related in
      object(location(related.span, sources) + [("label", .string(related.label))])
    }
    return object(
      [
        ("type", .string("diagnostic")), ("severity", .string(diagnostic.severity.rawValue)),
        ("code", .string(diagnostic.code)), ("message", .string(diagnostic.message)),
      ] + location(diagnostic.span, sources) + [
        ("label", .string(diagnostic.label)), ("help", .array(diagnostic.help.map(JSON.string))),
        ("related", .array(related)),
        ("fixes", .array(diagnostic.fixes.map { fix($0, sources) })),
      ])
  }

  private static func fix(_ fix: Diagnostic.Fix, _ sources: SourceMap) -> JSON {
    let edits = fix.edits.map { edit in
      let base = sources.file(of: edit.span)?.base ?? 0
      return object([
        ("start", .int(Int64(edit.span.start - base))), ("end", .int(Int64(edit.span.end - base))),
        ("replacement", .string(edit.replacement)),
      ])
    }
    return object([
      ("title", .string(fix.title)), ("certain", .bool(fix.isCertain)), ("edits", .array(edits)),
    ])
  }

  /// Returns the location, the effect, and the maximum number of rows (null if there is no limit).
  private static func pipeline(_ pipeline: CheckedPipeline, _ sources: SourceMap) -> JSON {
    object(
      [("type", .string("pipeline"))] + location(pipeline.span, sources) + [
        ("effect", .string(pipeline.effect.name)),
        ("bound", pipeline.selectionBound.most.map { .int(Int64($0)) } ?? .null),
      ])
  }

  private static func location(_ span: SourceSpan, _ sources: SourceMap) -> [(String, JSON)] {
    let file = sources.file(of: span)
    let position = file?.position(of: span.start)
    return [
      ("file", file.map { .string($0.name) } ?? .null),
      ("line", .int(Int64(position?.line ?? 0))), ("column", .int(Int64(position?.column ?? 0))),
      ("length", .int(Int64(sources.text(span).unicodeScalars.count))),
    ]
  }

  private static func object(_ members: [(String, JSON)]) -> JSON {
    .object(JSON.Object(members))
  }
}
