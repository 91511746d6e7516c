import Evaluation
import JSON
import Language

/// One conversation with an editor over the Language Server Protocol: bytes in, messages out.
///
/// It has no streams, clock or network; whoever runs it passes on the bytes that arrive, and lets it
/// check a document when nothing more has arrived. So a document is checked once for all the changes
/// that came meanwhile.
package struct LanguageSession {
  private(set) var documents: [String: Document] = [:]
  private let disk: Scope
  private var framer = MessageFramer()
  private var phase = Phase.created
  /// The results of checking scripts that haven't changed since, by URI.
  private var analyses: [String: Analysis] = [:]
  /// The URIs of the documents that have changed since their diagnostics were published.
  private var unchecked: Set<String> = []

  /// The phases of a conversation, in order.
  private enum Phase { case created, running, shutDown, exited }

  /// `true` once the client has said that the conversation is over.
  package var isFinished: Bool { phase == .exited }
  /// `true` iff the client ended the conversation in the order that the protocol asks for.
  package private(set) var endedProperly = false
  /// `true` iff a document has changed since its diagnostics were published.
  package var hasUncheckedDocument: Bool { phase == .running && !unchecked.isEmpty }

  /// - Parameter scope: reads the files that scripts name with `use`.
  package init(scope: Scope) { disk = scope }

  /// Takes bytes of the client and returns the answers, each without its header.
  package mutating func receive(_ bytes: [UInt8]) -> [String] {
    framer.append(bytes)
    var answers: [String] = []
    while phase != .exited, let message = framer.next() {
      if let answer = answer(message) { answers.append(answer.text) }
    }
    return answers
  }

  /// Checks one of the documents that have changed and returns its diagnostics as a message; none
  /// for one that was closed, so that the editor removes them.
  package mutating func checkNext() -> String? {
    guard hasUncheckedDocument, let uri = unchecked.min() else { return nil }
    unchecked.remove(uri)
    guard let document = documents[uri] else { return DiagnosticReport.none(uri).text }
    return DiagnosticReport(document, analysis(of: document)).publication.text
  }

  /// Returns a message with its header.
  package static func framed(_ message: String) -> String {
    "Content-Length: \(message.utf8.count)\r\n\r\n\(message)"
  }

  // MARK: Messages

  private mutating func answer(_ bytes: [UInt8]) -> JSON? {
    do throws(ProtocolError) {
      guard let message = try Message.read(bytes) else { return nil }
      return answer(message)
    } catch {
      return Reply.error(error, id: .null)
    }
  }

  private mutating func answer(_ message: Message) -> JSON? {
    guard let id = message.id else {
      notice(message)
      return nil
    }
    do throws(ProtocolError) {
      return Reply.result(try result(message), id: id)
    } catch {
      return Reply.error(error, id: id)
    }
  }

  private mutating func result(_ message: Message) throws(ProtocolError) -> JSON {
    switch (message.method, phase) {
    case ("initialize", .created):
      phase = .running
      return ServerCapabilities.result
    case (_, .created): throw .notInitialized
    case ("initialize", _), (_, .shutDown), (_, .exited):
      throw .invalidRequest("`\(message.method.prefix(100))` is not allowed now")
    case ("shutdown", .running):
      phase = .shutDown
      return .null
    case (_, .running):
      guard let request = EditorRequest.table[message.method] else {
        throw .unknownMethod(message.method)
      }
      return try request(&self, Parameters(message.parameters))
    }
  }

  /// Handles a message that isn't answered. An invalid one is ignored.
  private mutating func notice(_ message: Message) {
    if message.method == "exit" {
      endedProperly = phase == .shutDown
      phase = .exited
    } else if phase == .running {
      try? DocumentNotification.table[message.method]?(&self, Parameters(message.parameters))
    }
  }

  // MARK: Documents

  /// Returns the result of checking a script; `nil` if the document is too large, or no script.
  mutating func analysis(of document: Document) -> Analysis? {
    if let known = analyses[document.uri] { return known }
    guard document.isScript else { return nil }
    let analysis = Analysis(document.input, vocabulary: .standard, scope: scope)
    analyses[document.uri] = analysis
    return analysis
  }

  /// Reads the files that scripts use: the text of an open document, otherwise the file.
  var scope: Scope {
    var scope = disk
    let open = Dictionary(documents.values.map { ($0.name, $0.text.bytes) }) { first, _ in first }
    scope.texts = { [disk] path in open[path].map { .bytes($0) } ?? disk.texts(path) }
    return scope
  }

  /// Replaces a document; `nil` closes it. It and the scripts that use it will be checked.
  mutating func set(_ uri: String, _ document: Document?) {
    guard let name = (document ?? documents[uri])?.name else { return }
    documents[uri] = document
    let users = analyses.filter { $0.value.usedPaths.contains(name) }.keys
    for uri in [uri] + users {
      analyses[uri] = nil
      unchecked.insert(uri)
    }
  }
}
