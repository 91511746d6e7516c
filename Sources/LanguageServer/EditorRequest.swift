import JSON
import Language

/// The requests that a client makes about its documents. To answer another, add an element, and name
/// it in ``ServerCapabilities``.
enum EditorRequest {
  typealias Handler =
    @Sendable (inout LanguageSession, Parameters) throws(ProtocolError) -> JSON

  static let table: [String: Handler] = [
    "textDocument/completion": completion, "textDocument/hover": hover,
    "textDocument/formatting": formatting, "textDocument/documentSymbol": symbols,
    "textDocument/definition": definition, "textDocument/references": references,
    "textDocument/rename": rename, "textDocument/codeAction": codeAction,
    "textDocument/semanticTokens/full": semanticTokens, "textDocument/inlayHint": inlayHints,
  ]

  /// Returns an open document. One that is too large to be checked isn't looked into.
  private static func document(
    _ session: LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> Document {
    guard let document = session.documents[try parameters.uri] else {
      throw .invalidParameters("the document is not open")
    }
    guard !document.isTooLarge else { throw .requestFailed("the document is too large") }
    return document
  }

  @Sendable private static func completion(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    let offset = document.text.offset(of: try parameters.position("position"))
    return CompletionList(document, session.scope).items(at: offset)
  }

  @Sendable private static func hover(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    let offset = document.text.offset(of: try parameters.position("position"))
    return HoverText(document, session.analysis(of: document)).hover(at: offset)
  }

  @Sendable private static func formatting(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    FormattingEdit.edits(try document(session, parameters))
  }

  @Sendable private static func symbols(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    return .array(Bindings(document).all.map { $0.symbol(in: document.text) })
  }

  @Sendable private static func definition(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    let offset = document.text.offset(of: try parameters.position("position"))
    let used = session.analysis(of: document)?.files.dropFirst() ?? []
    return Bindings(document).definition(at: offset, used) ?? .null
  }

  @Sendable private static func references(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    let offset = document.text.offset(of: try parameters.position("position"))
    let bindings = Bindings(document)
    guard let binding = bindings.binding(at: offset) else { return .array([]) }
    let uses = bindings.uses(of: binding)
    let isIncluded = parameters.json["context"]?["includeDeclaration"] == .bool(true)
    return .array((isIncluded ? [binding.name] + uses : uses).map(document.location))
  }

  @Sendable private static func rename(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    let offset = document.text.offset(of: try parameters.position("position"))
    let edits = try Bindings(document).renaming(at: offset, to: try parameters.text("newName"))
    return document.workspaceEdit(edits.map { ($0.span, $0.replacement) })
  }

  @Sendable private static func codeAction(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    let start = document.text.offset(of: try parameters.position("range", "start"))
    let end = document.text.offset(of: try parameters.position("range", "end"))
    guard parameters.wantsFixes else { return .array([]) }
    let report = DiagnosticReport(document, session.analysis(of: document))
    return .array(report.fixes(touching: start, end))
  }

  @Sendable private static func semanticTokens(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    SemanticTokens.all(of: try document(session, parameters))
  }

  @Sendable private static func inlayHints(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) -> JSON {
    let document = try document(session, parameters)
    return InlayHints.all(of: document, session.analysis(of: document))
  }
}
