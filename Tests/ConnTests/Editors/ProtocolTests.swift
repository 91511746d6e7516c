import JSON
import LanguageServer
import Testing

@Suite struct ProtocolTests {
  private typealias Editor = EditorConversation

  private func code(_ answers: [JSON]) -> [Int64?] { answers.map { $0["error"]?["code"]?.int } }

  @Test func startsAndEndsInOrder() {
    var editor = Editor("list\n")
    #expect(editor.session.hasUncheckedDocument)
    #expect(editor.send(#"{"id":"z","method":"shutdown"}"#).first?["result"] == .null)
    #expect(editor.session.checkNext() == nil)
    #expect(code(editor.send(#"{"id":2,"method":"textDocument/hover"}"#)) == [-32600])
    #expect(editor.send(#"{"method":"exit"}"#) == [])
    #expect(editor.session.isFinished && editor.session.endedProperly)
  }

  @Test func exitWithoutShutdownIsImproper() {
    var editor = Editor("list\n")
    _ = editor.send(#"{"method":"exit"}"#)
    #expect(editor.session.isFinished && !editor.session.endedProperly)
  }

  @Test func refusesRequestsBeforeInitialize() {
    var editor = Editor()
    #expect(code(editor.send(#"{"id":1,"method":"textDocument/hover","params":{}}"#)) == [-32002])
    editor.open("list\n")
    #expect(!editor.session.hasUncheckedDocument)
  }

  @Test(arguments: [
    (#"{"id":1,"method":"textDocument/nothing"}"#, -32601),
    (#"{"id":1,"method":"textDocument/hover"}"#, -32602),
    (#"{"id":1,"method":"textDocument/hover","params":[1]}"#, -32602),
    (
      #"{"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":-1,"character":0}}}"#,
      -32602
    ),
    (#"{"id":1,"method":"initialize"}"#, -32600), (#"{"id":1,"method":3}"#, -32600),
    ("[1]", -32600), ("{", -32700), ("\"", -32700), ("", -32700),
  ])
  func answersBadMessagesWithTheirCode(message: String, expected: Int64) {
    var editor = Editor("list\n")
    #expect(code(editor.send(message)) == [expected])
    #expect(editor.ask("textDocument/documentSymbol")["result"] == .array([]))
  }

  @Test(arguments: [
    "garbage\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: -3\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length: 999999999\r\n\r\nbody",
    "\u{0}\u{1}", "Content-Length: 1\r\n\r\n{\"id\":1}",
    "Content-Type: x\r\nContent-Length: 2\r\n\r\n{}",
  ])
  func recoversFromGarbage(garbage: String) {
    var editor = Editor("list\n")
    _ = editor.receive(garbage)
    #expect(editor.ask("textDocument/documentSymbol")["result"] == .array([]))
  }

  /// Each is a notification; the document is as before.
  @Test(arguments: [
    #"{"method":"$/cancelRequest","params":{"id":1}}"#, #"{"method":"initialized","params":{}}"#,
    #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///b.conn","version":9},"contentChanges":[{"text":"let x = 1"}]}}"#,
    #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a.conn","version":2},"contentChanges":[{"text":7}]}}"#,
    #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a.conn","version":2}}}"#,
    #"{"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///b.conn"}}}"#,
    #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///b.conn"}}}"#,
    #"{"id":1,"result":null}"#,
  ])
  func ignoresNotificationsThatAreInvalidOrUnknown(message: String) {
    var editor = Editor("let kept = 1\n")
    #expect(editor.send(message) == [])
    let symbols = editor.ask("textDocument/documentSymbol")["result"]?.array
    #expect(symbols?.map { $0["name"] } == [.string("kept")])
    #expect(editor.diagnostics().count == 1)
    #expect(!editor.session.hasUncheckedDocument)
  }

  @Test(arguments: ["null", Editor.range(0, 0, 2_147_483_647), Editor.range(9, 5, 7)])
  func takesEditsOutOfRange(range: String) {
    var editor = Editor("let a = 1")
    editor.change(range, "\nlet b = 1")
    let symbols = editor.ask("textDocument/documentSymbol")["result"]?.array
    #expect(symbols?.last?["name"] == .string("b"))
  }

  @Test func aRequestThatWasCancelledIsAnswered() {
    var editor = Editor("list\n")
    let cancel = #"{"method":"$/cancelRequest","params":{"id":7}}"#
    #expect(editor.send(cancel) == [])
    #expect(editor.ask("textDocument/documentSymbol")["id"] == .int(Int64(7)))
  }

  @Test(.timeLimit(.minutes(1))) func findsPlacesFarIntoALineAtOnce() {
    var editor = Editor(String(repeating: "print \"😀\"; ", count: 20_000))
    let data = editor.ask("textDocument/semanticTokens/full")["result"]?["data"]?.array
    #expect(data?.count == 20_000 * 2 * 5)
  }

  @Test func takesMessagesInPieces() {
    var editor = Editor("list\n")
    let message = #"{"id":1,"method":"shutdown"}"#
    let bytes = "Content-Length: \(message.utf8.count)\r\n\r\n\(message)"
    let answers = bytes.flatMap { editor.receive(String($0)) }
    #expect(answers.map { $0["id"] } == [.int(Int64(1))])
  }

  @Test func reportsADocumentOfTenMegabytesWithoutCheckingIt() {
    var editor = Editor(String(repeating: "list # 😀\n", count: 1_000_000))
    let found = editor.diagnostics()
    #expect(found.map { $0["message"] } == [.string("the script is larger than 2 MiB")])
    #expect(editor.ask("textDocument/documentSymbol")["error"]?["code"] == .int(Int64(-32803)))
  }
}
