import JSON
import Language

/// What a check found, as JSON objects for editors and scripts.
package enum AnalysisRecords {
  /// One object a diagnostic, then one a pipeline.
  package static func all(_ analysis: Analysis) -> [JSON] {
    let pipelines = analysis.script?.statements.flatMap(\.pipelines) ?? []
    return analysis.diagnostics.map { diagnostic($0, analysis.sources) }
      + pipelines.map { pipeline($0, analysis.sources) }
  }

  /// One object a diagnostic.
  package static func all(_ analysis: ConfigurationAnalysis) -> [JSON] {
    analysis.diagnostics.map { diagnostic($0, analysis.sources) }
  }

  /// Severity, code, message, place (line and column from 1, length in characters), label, help,
  /// further places, and fixes whose edits count bytes from the start of their file.
  private static func diagnostic(_ diagnostic: Diagnostic, _ sources: SourceMap) -> JSON {
    let related = diagnostic.related.map { related in
      object(place(related.span, sources) + [("label", .string(related.label))])
    }
    return object(
      [
        ("type", .string("diagnostic")), ("severity", .string(diagnostic.severity.rawValue)),
        ("code", .string(diagnostic.code)), ("message", .string(diagnostic.message)),
      ] + place(diagnostic.span, sources) + [
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

  /// Place, effect, and the bound of the rows: a number, or null where there is none.
  private static func pipeline(_ pipeline: CheckedPipeline, _ sources: SourceMap) -> JSON {
    object(
      [("type", .string("pipeline"))] + place(pipeline.span, sources) + [
        ("effect", .string(pipeline.effect.name)),
        ("bound", pipeline.selectionBound.most.map { .int(Int64($0)) } ?? .null),
      ])
  }

  private static func place(_ span: SourceSpan, _ sources: SourceMap) -> [(String, JSON)] {
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
