import JSON
import LanguageServer
import Testing

@Suite struct LanguageFeatureTests {
  private typealias Editor = EditorConversation

  @Test func publishesDiagnosticsAtUTF16Positions() {
    var editor = Editor("print \"😀漢\" + nope\n")
    let found = editor.diagnostics()
    #expect(found.count == 1)
    #expect(found.first?["range"]?.text == Editor.range(0, 14, 18))
    #expect(found.first?["severity"] == .int(Int64(1)))
    #expect(found.first?["code"]?.string?.hasPrefix("C01") == true)
    #expect(found.first?["source"] == .string("conn"))
  }

  @Test func checksOnceForSeveralChanges() {
    var editor = Editor("list\n")
    #expect(editor.diagnostics() == [])
    editor.change(Editor.range(0, 4, 4), " | wher")
    editor.change(Editor.range(0, 7, 11), "first 1")
    #expect(editor.session.hasUncheckedDocument)
    #expect(editor.diagnostics() == [])
    #expect(!editor.session.hasUncheckedDocument)
  }

  @Test func readsTheFilesThatAScriptUses() {
    var editor = Editor("use \"used.conn\"\nlist | used()\n")
    #expect(editor.diagnostics() == [])
    editor.open("use \"absent.conn\"\n")
    #expect(editor.diagnostics().map { $0["range"]?.text } == [Editor.range(0, 4, 17)])
  }

  @Test func prefersTheOpenTextOfAUsedFileAndChecksItsUsersAgain() {
    var editor = Editor("use \"used.conn\"\nlist | used()\n")
    #expect(editor.diagnostics() == [])
    editor.open("def other() = first 1\n", uri: "file:///used.conn")
    #expect(editor.diagnostics().map { $0["range"]?.text } == [Editor.range(1, 7, 11)])
    #expect(editor.diagnostics() == [])
    editor.notify("textDocument/didClose", #"{"textDocument":{"uri":"file:///used.conn"}}"#)
    #expect(editor.diagnostics() == [])
    #expect(editor.diagnostics() == [])
    #expect(!editor.session.hasUncheckedDocument)
  }

  @Test func findsTheDefinitionInAUsedFile() {
    var editor = Editor("use \"used.conn\"\nlist | used()\n")
    let place = editor.ask("definition", 1, 9)
    #expect(place["uri"] == .string("file:///used.conn"))
    #expect(place["range"]?.text == Editor.range(0, 4, 8))
    #expect(editor.ask("definition", 1, 2) == .null)
    let untitled = "untitled:a"
    editor.open("use \"used.conn\"\nlist | used()\n", uri: untitled)
    let question = #""position":\#(Editor.place(1, 9))"#
    #expect(editor.ask("textDocument/definition", question, uri: untitled)["result"] == .null)
  }

  @Test func removesTheDiagnosticsOfAClosedDocument() {
    var editor = Editor("print nope\n")
    #expect(editor.diagnostics().count == 1)
    editor.notify("textDocument/didClose", #"{"textDocument":{"uri":"\#(Editor.uri)"}}"#)
    #expect(
      editor.session.checkNext()
        == #"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///a.conn","diagnostics":[]}}"#
    )
    #expect(editor.session.checkNext() == nil)
  }

  @Test func neverRepeatsACredential() {
    let secret = "literal-in-script"
    var editor = Editor("get 36 | update input = { password: \"\(secret)\" } | wehre id == 1\n")
    let found = editor.diagnostics()
    #expect(!found.isEmpty)
    let hovers = (0..<60).map { editor.ask("hover", 0, $0) }
    #expect(!JSON.lines(found + hovers).contains(secret))
  }

  @Test func offersFixesWithTheirEdits() {
    var editor = Editor("list | wher id == 1\n")
    let answer = editor.ask(
      "textDocument/codeAction",
      "\"range\":\(Editor.range(0, 8, 8)),\"context\":{\"diagnostics\":[]}")
    let action = answer["result"]?.array?.first
    #expect(action?["kind"] == .string("quickfix"))
    let edit = action?["edit"]?["changes"]?[Editor.uri]?.array?.first
    #expect(edit?["newText"] == .string("where"))
    #expect(edit?["range"]?.text == Editor.range(0, 7, 11))
  }

  @Test(arguments: [(#""quickfix""#, 1), (#""""#, 1), (#""refactor""#, 0), ("", 0)])
  func offersFixesOnlyIfTheClientWantsThem(kinds: String, count: Int) {
    var editor = Editor("list | wher id == 1\n")
    let answer = editor.ask(
      "textDocument/codeAction",
      "\"range\":\(Editor.range(0, 8, 8)),\"context\":{\"diagnostics\":[],\"only\":[\(kinds)]}")
    #expect(answer["result"]?.array?.count == count)
  }

  @Test(arguments: [
    ("profile \"p\" { region = \"eu\"; tokn = secret(\"env:T\") }\n", 30, "token"),
    ("test \"t\" { selction = [36] }\n", 12, "selection"),
  ])
  func offersFixesInConfigurationsAndTestFiles(text: String, character: Int, fixed: String) {
    var editor = Editor(text)
    let answer = editor.ask(
      "textDocument/codeAction",
      "\"range\":\(Editor.range(0, character, character)),\"context\":{\"diagnostics\":[]}")
    let edits = answer["result"]?.array?.first?["edit"]?["changes"]?[Editor.uri]?.array
    #expect(edits?.map { $0["newText"] } == [.string(fixed)])
  }

  @Test func completesStagesAndReplacesTheWord() {
    var editor = Editor("print \"😀\"; list | whe")
    let items = editor.ask("completion", 0, 22).array ?? []
    #expect(items.map { $0["label"] } == [.string("where")])
    #expect(items.first?["textEdit"]?["range"]?.text == Editor.range(0, 19, 22))
  }

  @Test func explainsFieldsAndTheirPipeline() {
    var editor = Editor("list | where folder_id == 1 | first 3 | disconnect\n")
    let hover = editor.ask("hover", 0, 15)
    let text = hover["contents"]?["value"]?.string ?? ""
    #expect(hover["range"]?.text == Editor.range(0, 13, 22))
    #expect(text.contains("folder_id"))
    #expect(text.hasSuffix("≤ 3 rows"))
    #expect(editor.ask("hover", 0, 4) == .null)
  }

  @Test func explainsVariablesByTypeAndNotByValue() {
    var editor = Editor("let x = \"hidden\"\nprint $x\n")
    let text = editor.ask("hover", 1, 7)["contents"]?["value"]?.string
    #expect(text == "```conn\n$x: string\n```")
  }

  @Test func formatsOnlyTheLinesThatDiffer() {
    var editor = Editor("print 1\nprint   2\nprint 3\n")
    let edits = editor.ask("textDocument/formatting")["result"]?.array ?? []
    #expect(edits.count == 1)
    #expect(edits.first?["newText"] == .string("print 2"))
    #expect(
      edits.first?["range"]?.text
        == #"{"start":\#(Editor.place(1, 0)),"end":\#(Editor.place(1, 9))}"#)
    editor.open("print 1\n")
    #expect(editor.ask("textDocument/formatting")["result"] == .array([]))
  }

  @Test(arguments: ["\n", "\r\n"])
  func formatsWithTheLineBreaksOfTheDocument(newline: String) {
    let lines = ["print  1", "print 2", "", "", "", "print   3", "print   4", ""]
    var editor = Editor(lines.joined(separator: newline))
    let edits = editor.ask("textDocument/formatting")["result"]?.array ?? []
    let formatted = ["print 1", "print 2", "", "print 3", "print 4"]
    #expect(edits.map { $0["newText"] } == [.string(formatted.joined(separator: newline))])
    #expect(
      edits.first?["range"]?.text
        == #"{"start":\#(Editor.place(0, 0)),"end":\#(Editor.place(6, 9))}"#)
    editor.open((formatted + [""]).joined(separator: newline))
    #expect(editor.ask("textDocument/formatting")["result"] == .array([]))
  }

  @Test(arguments: [
    ("print 1\n\n\n", "print 1\n"), ("print 1", "print 1\n"), ("\n\nprint 1\n", "print 1\n"),
    ("print 1\n\n\n\nprint 1", "print 1\n\nprint 1\n"), ("\n", ""),
  ])
  func formatsByOneEditAlsoIfLinesAreAddedOrRemoved(text: String, expected: String) throws {
    var editor = Editor(text)
    let edits = editor.ask("textDocument/formatting")["result"]?.array ?? []
    #expect(edits.count == 1)
    let edit = try #require(edits.first)
    var edited = DocumentText(Array(text.utf8))
    edited.replace(
      try position(edit, "start"), try position(edit, "end"),
      with: Array(try #require(edit["newText"]?.string).utf8))
    #expect(String(decoding: edited.bytes, as: UTF8.self) == expected)
  }

  private func position(_ edit: JSON, _ end: String) throws -> DocumentText.Position {
    let place = edit["range"]?[end]
    return DocumentText.Position(
      line: Int(try #require(place?["line"]?.int)),
      character: Int(try #require(place?["character"]?.int)))
  }

  @Test func listsTheNamesOfAScript() {
    var editor = Editor("param p: string\nlet x = 1\ndef f() = first 1\n")
    let symbols = editor.ask("textDocument/documentSymbol")["result"]?.array ?? []
    #expect(symbols.map { $0["name"]?.string } == ["p", "x", "f"])
    #expect(symbols.map { $0["kind"]?.int } == [13, 13, 12])
  }

  @Test func findsAndRenamesANameWithinItsScope() {
    var editor = Editor("let x = 1\nprint f\"😀 {$x}\"\nfor y in [$x] { print $y }\n")
    #expect(editor.ask("definition", 1, 13)["range"]?.text == Editor.range(0, 4, 5))
    let uses = editor.ask("references", 0, 4, #","context":{"includeDeclaration":false}"#).array
    #expect(uses?.map { $0["range"]?.text } == [Editor.range(1, 13, 14), Editor.range(2, 11, 12)])
    let renamed = editor.ask("rename", 2, 11, #","newName":"total_1""#)
    let edits = renamed["changes"]?[Editor.uri]?.array ?? []
    #expect(edits.map { $0["newText"] } == Array(repeating: .string("total_1"), count: 3))
    #expect(editor.ask("definition", 2, 24)["range"]?.text == Editor.range(2, 4, 5))
  }

  @Test(arguments: ["y", "where", "a b", "", "and", "1"])
  func refusesANewNameThatIsTakenOrInvalid(name: String) {
    var editor = Editor("let x = 1\nlet y = 2\nprint $x + $y\n")
    let answer = editor.ask(
      "textDocument/rename", "\"position\":\(Editor.place(0, 4)),\"newName\":\"\(name)\"")
    #expect(answer["error"]?["code"] == .int(Int64(-32803)))
  }

  @Test func sendsTokensInUTF16() {
    var editor = Editor("print \"😀\" # 漢\n")
    let data = editor.ask("textDocument/semanticTokens/full")["result"]?["data"]?.array ?? []
    #expect(data.compactMap(\.int) == [0, 0, 5, 0, 0, 0, 6, 4, 5, 0, 0, 5, 3, 7, 0])
  }

  @Test func hintsAtWhatAPipelineWrites() {
    var editor = Editor("list\nlist | first 3 | disconnect\n")
    let hints =
      editor.ask("textDocument/inlayHint", "\"range\":\(Editor.range(0, 0, 0))")["result"]?.array
      ?? []
    #expect(hints.count == 1)
    #expect(hints.first?["position"]?.text == Editor.place(1, 27))
    #expect(hints.first?["label"]?.string?.hasSuffix(", ≤ 3 rows") == true)
  }
}
