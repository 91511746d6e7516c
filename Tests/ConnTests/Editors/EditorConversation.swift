import JSON
import Language
import LanguageServer

/// An editor that talks to a session in the process, with one document `file:///a.conn`.
struct EditorConversation {
  var session = LanguageSession(
    scope: Scope(
      files: { _ in .unknown },
      texts: {
        $0.hasSuffix("used.conn")
          ? .bytes(Array("def used() = first 1\n".utf8)) : .problem("no `\($0)`")
      })
  )

  static let uri = "file:///a.conn"

  /// Starts the conversation and opens a text.
  init(_ text: String) {
    _ = send(#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}"#)
    open(text)
  }

  /// Begins a conversation in which nothing has been said.
  init() {}

  /// Sends one message with its header and returns the answers.
  mutating func send(_ message: String) -> [JSON] {
    receive("Content-Length: \(message.utf8.count)\r\n\r\n\(message)")
  }

  mutating func receive(_ text: String) -> [JSON] {
    session.receive(Array(text.utf8)).map(Self.parsed)
  }

  mutating func open(_ text: String, uri: String = uri) {
    notify(
      "textDocument/didOpen",
      #"{"textDocument":{"uri":"\#(uri)","version":1,"text":\#(JSON.string(text).text)}}"#)
  }

  mutating func notify(_ method: String, _ parameters: String) {
    _ = send(#"{"jsonrpc":"2.0","method":"\#(method)","params":\#(parameters)}"#)
  }

  /// Replaces a range, and returns nothing, as the protocol says.
  mutating func change(_ range: String, _ text: String) {
    notify(
      "textDocument/didChange",
      #"{"textDocument":{"uri":"\#(Self.uri)","version":2},"contentChanges":[{"range":\#(range),"text":\#(JSON.string(text).text)}]}"#
    )
  }

  /// Asks about the document and returns the whole answer.
  mutating func ask(_ method: String, _ parameters: String = "", uri: String = uri) -> JSON {
    let more = parameters.isEmpty ? "" : "," + parameters
    return send(
      #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":{"textDocument":{"uri":"\#(uri)"}\#(more)}}"#
    ).first ?? .null
  }

  /// Asks about a place of the document and returns the result.
  mutating func ask(_ method: String, _ line: Int, _ character: Int, _ more: String = "") -> JSON {
    ask("textDocument/" + method, "\"position\":\(Self.place(line, character))\(more)")["result"]
      ?? .null
  }

  /// Checks the document and returns its diagnostics.
  mutating func diagnostics() -> [JSON] {
    session.checkNext().map(Self.parsed)?["params"]?["diagnostics"]?.array ?? []
  }

  static func place(_ line: Int, _ character: Int) -> String {
    #"{"line":\#(line),"character":\#(character)}"#
  }

  static func range(_ line: Int, _ from: Int, _ to: Int) -> String {
    #"{"start":\#(place(line, from)),"end":\#(place(line, to))}"#
  }

  private static func parsed(_ text: String) -> JSON {
    (try? JSONParser.parse(Array(text.utf8))) ?? .null
  }
}
