import Evaluation
import JSON
import Language

/// The diagnostics of a document and their fixes. They have the codes and texts of `conn check`.
struct DiagnosticReport {
  private let document: Document
  private let diagnostics: [Diagnostic]
  private let sources: SourceMap

  /// - Parameter analysis: the result of checking the document, if it is a script.
  init(_ document: Document, _ analysis: Analysis?) {
    self.document = document
    if let analysis {
      (diagnostics, sources) = (analysis.diagnostics, analysis.sources)
    } else if document.isTooLarge {
      (diagnostics, sources) = ([], SourceMap())
    } else if ConfigurationAnalysis.isMeant(by: document.input, vocabulary: .standard) {
      let found = ConfigurationAnalysis(document.input, vocabulary: .standard, terms: .standard)
      (diagnostics, sources) = (found.diagnostics, found.sources)
    } else {
      let found = TestFileAnalysis(document.input, vocabulary: .standard)
      (diagnostics, sources) = (found.diagnostics, found.sources)
    }
  }

  /// The notification with all diagnostics.
  var publication: JSON {
    let items = document.isTooLarge ? [tooLarge] : diagnostics.map(item)
    return Self.publication([
      "uri": .string(document.uri), "version": .int(document.version),
      "diagnostics": .array(items),
    ])
  }

  /// The notification that a document has no diagnostics.
  static func none(_ uri: String) -> JSON {
    publication(["uri": .string(uri), "diagnostics": .array([])])
  }

  private static func publication(_ members: KeyValuePairs<String, JSON>) -> JSON {
    Reply.notification("textDocument/publishDiagnostics", .members(members))
  }

  private var tooLarge: JSON {
    .members([
      "range": document.text.range(0..<0), "severity": .int(Int64(1)), "source": .string("conn"),
      "message": .string("the script is larger than \(Analysis.maxBytes >> 20) MiB"),
    ])
  }

  // MARK: Diagnostics

  private func item(_ diagnostic: Diagnostic) -> JSON {
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
  func fixes(touching start: Int, _ end: Int) -> [JSON] {
    diagnostics
      .filter { $0.span.start <= end && start <= $0.span.end && isOwn($0.span) }
      .flatMap { diagnostic in diagnostic.fixes.compactMap { action($0, diagnostic) } }
  }

  private func action(_ fix: Diagnostic.Fix, _ diagnostic: Diagnostic) -> JSON? {
    guard fix.edits.allSatisfy({ isOwn($0.span) }) else { return nil }
    return .members([
      "title": .string(fix.title), "kind": .string("quickfix"),
      "diagnostics": .array([item(diagnostic)]),
      "isPreferred": .bool(fix.isCertain && diagnostic.fixes.count == 1),
      "edit": document.workspaceEdit(fix.edits.map { ($0.span, $0.replacement) }),
    ])
  }
}
