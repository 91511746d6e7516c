import JSON
import Language
import LanguageServer

/// Editors that send any bytes, and that ask everything about any text. Each answer must be a message
/// of JSON-RPC.
enum EditorFuzz {
  private static let methods = [
    "completion", "hover", "formatting", "documentSymbol", "definition", "references", "rename",
    "codeAction", "semanticTokens/full", "inlayHint",
  ]

  static func run(_ bytes: [UInt8]) {
    var session = LanguageSession(scope: Scope { _ in .problem("no files here") })
    check(session.receive(framed(message("initialize", "{}"))))
    check(session.receive(bytes))
    while let published = session.checkNext() { check([published]) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    session = LanguageSession(scope: Scope { _ in .problem("no files here") })
    for message in messages(about: text, at: place(bytes)) {
      check(session.receive(framed(message)))
    }
    while let published = session.checkNext() { check([published]) }
  }

  /// A position that depends on the bytes and may be outside the text.
  private static func place(_ bytes: [UInt8]) -> String {
    #"{"line":\#(bytes.count % 3),"character":\#(bytes.last ?? 0)}"#
  }

  private static func messages(about text: String, at place: String) -> [String] {
    let document =
      #""textDocument":{"uri":"file:///a.conn","version":1,"text":\#(JSON.string(text).text)}"#
    let range = #""range":{"start":{"line":0,"character":3},"end":\#(place)}"#
    let edit = #"{\#(document),"contentChanges":[{\#(range),"text":"漢"}]}"#
    let question =
      #"{"textDocument":{"uri":"file:///a.conn"},"position":\#(place),\#(range),"newName":"x"}"#
    return [
      message("initialize", "{}"), message("textDocument/didOpen", "{\(document)}", id: ""),
      message("textDocument/didChange", edit, id: ""),
    ] + methods.map { message("textDocument/" + $0, question) }
  }

  private static func message(
    _ method: String, _ parameters: String, id: String = #""id":1,"#
  ) -> String {
    #"{"jsonrpc":"2.0",\#(id)"method":"\#(method)","params":\#(parameters)}"#
  }

  private static func framed(_ message: String) -> [UInt8] {
    Array(LanguageSession.framed(message).utf8)
  }

  private static func check(_ answers: [String]) {
    for answer in answers {
      let message = try? JSONParser.parse(Array(answer.utf8))
      precondition(message?["jsonrpc"] == .string("2.0"), "an answer isn't JSON-RPC")
      let isReply = message?["result"] != nil || message?["error"]?["code"] != nil
      precondition(
        message?["id"] != nil ? isReply : message?["method"] != nil,
        "neither answer nor notification")
    }
  }
}
