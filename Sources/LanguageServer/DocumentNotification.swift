import JSON

/// The notifications that a client sends about its documents. To handle another one, add an element.
enum DocumentNotification {
  typealias Handler =
    @Sendable (inout LanguageSession, Parameters) throws(ProtocolError) -> Void

  static let table: [String: Handler] = [
    "textDocument/didOpen": open, "textDocument/didChange": change, "textDocument/didClose": close,
  ]

  @Sendable private static func open(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) {
    let text = DocumentText(Array(try parameters.text("textDocument", "text").utf8))
    let uri = try parameters.uri
    session.set(uri, Document(uri: uri, version: parameters.version, text: text))
  }

  @Sendable private static func change(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) {
    guard var document = session.documents[try parameters.uri] else { return }
    for change in try parameters.array("contentChanges") { try apply(change, to: &document.text) }
    document.version = parameters.version
    session.set(document.uri, document)
  }

  private static func apply(
    _ change: Parameters, to text: inout DocumentText
  ) throws(ProtocolError) {
    let new = Array(try change.text("text").utf8)
    guard change.has("range") else { return text = DocumentText(new) }
    text.replace(
      try change.position("range", "start"), try change.position("range", "end"), with: new)
  }

  @Sendable private static func close(
    _ session: inout LanguageSession, _ parameters: Parameters
  ) throws(ProtocolError) {
    session.set(try parameters.uri, nil)
  }
}
