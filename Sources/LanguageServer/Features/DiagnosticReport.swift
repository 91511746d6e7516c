import Evaluation
import JSON
import Language

/// The diagnostics of a document and their fixes. They have the codes and texts of `conn check`.
struct DiagnosticReport {
  private let document: Document

  init(_ document: Document) { self.document = document }

  /// Returns the diagnostics of a script that was checked, or of another kind of document.
  func items(_ analysis: Analysis?) -> [JSON] {
    if document.isTooLarge { return [tooLarge] }
    let (diagnostics, sources) = analysis.map { ($0.diagnostics, $0.sources) } ?? others
    return diagnostics.map { item($0, sources) }
  }

  private var others: ([Diagnostic], SourceMap) {
    if ConfigurationAnalysis.isMeant(by: document.input, vocabulary: .standard) {
      let analysis = ConfigurationAnalysis(
        document.input, vocabulary: .standard, terms: .standard)
      return (analysis.diagnostics, analysis.sources)
    }
    let analysis = TestFileAnalysis(document.input, vocabulary: .standard)
    return (analysis.diagnostics, analysis.sources)
  }

  private var tooLarge: JSON {
    .members([
      "range": document.text.range(0..<0), "severity": .int(Int64(1)), "source": .string("conn"),
      "message": .string("the script is larger than \(Analysis.maxBytes >> 20) MiB"),
    ])
  }

  // MARK: Diagnostics

  private func item(_ diagnostic: Diagnostic, _ sources: SourceMap) -> JSON {
    let related = diagnostic.related.filter { isOwn($0.span) }
    let own = isOwn(diagnostic.span)
    let span = own ? diagnostic.span : related.first?.span ?? SourceSpan(0, 0)
    return .members([
      "range": document.range(span), "severity": .int(Int64(diagnostic.isError ? 1 : 2)),
      "code": .string(diagnostic.code), "source": .string("conn"),
      "message": .string(message(diagnostic, own ? nil : sources.location(of: diagnostic.span))),
      "relatedInformation": .array(
        related.map { related in
          .members([
            "location": document.location(related.span), "message": .string(related.label),
          ])
        }),
    ])
  }

  /// Returns the message with its label and help; `place` is where it is in another file.
  private func message(_ diagnostic: Diagnostic, _ place: String?) -> String {
    let first = [place, diagnostic.message].compactMap(\.self).joined(separator: ": ")
    let label = diagnostic.label.isEmpty ? [] : [diagnostic.label]
    return ([first] + label + diagnostic.help.map { "help: \($0)" }).joined(separator: "\n")
  }

  private func isOwn(_ span: SourceSpan) -> Bool { span.end <= document.text.bytes.count }

  // MARK: Fixes

  /// Returns the fixes of the diagnostics between two offsets.
  func fixes(_ analysis: Analysis?, touching start: Int, _ end: Int) -> [JSON] {
    guard let analysis else { return [] }
    return analysis.diagnostics
      .filter { $0.span.start <= end && start <= $0.span.end && isOwn($0.span) }
      .flatMap { diagnostic in diagnostic.fixes.compactMap { action($0, diagnostic, analysis) } }
  }

  private func action(
    _ fix: Diagnostic.Fix, _ diagnostic: Diagnostic, _ analysis: Analysis
  ) -> JSON? {
    guard fix.edits.allSatisfy({ isOwn($0.span) }) else { return nil }
    return .members([
      "title": .string(fix.title), "kind": .string("quickfix"),
      "diagnostics": .array([item(diagnostic, analysis.sources)]),
      "isPreferred": .bool(fix.isCertain && diagnostic.fixes.count == 1),
      "edit": document.workspaceEdit(fix.edits.map { ($0.span, $0.replacement) }),
    ])
  }
}
