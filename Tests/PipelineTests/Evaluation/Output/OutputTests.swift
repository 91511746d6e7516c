import API
import Execution
import JSON
import Language
import Planning
import TestSupport
import Testing
import Text

@testable import Evaluation

@Suite struct OutputTests {
  private func text(_ script: String, _ format: ResultFormat) async throws -> String {
    let fixture = PipelineFixture()
    let result = try await fixture.run(script) { $0.format = format }
    #expect(result.error == nil)
    return fixture.output.text
  }

  @Test func writesCSV() async throws {
    let text = try await text(
      "list where id in [36, 38, 39, 40] | select id, name, tags, external_id", .csv)
    #expect(
      text == """
        id,name,tags,external_id\r
        36,Prod JIRA connection,x;prod,U12904\r
        38,jira_connection,"",12977\r
        39,"'=1+1, ""quoted""\",x,""\r
        40,bell\u{7} 日本,y,U12904\r

        """)
  }

  /// Texts that a spreadsheet would run as a formula, one for each character that starts one.
  /// Numbers are not formulas, nor are texts with the character elsewhere.
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+SUM(A1)", "'+SUM(A1)"), ("-A1", "'-A1"), ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"), ("\r=1", "\"'\r=1\""), ("=\"a\"", "\"'=\"\"a\"\"\""), ("-12", "-12"),
    ("a=1", "a=1"), (" @a", "' @a"), ("\n=1", "\"'\n=1\""), ("＝1", "'＝1"), ("＠x", "'＠x"),
    ("'x", "''x"), ("", "\"\""),
  ])
  func escapesCellsThatASpreadsheetWouldRun(_ name: String, _ cell: String) async throws {
    let fixture = PipelineFixture([
      Samples.connections[0].merging(JSON.Object([("name", .string(name))]))
    ])
    _ = try await fixture.run("list | select name") { $0.format = .csv }
    let text = fixture.output.text
    #expect(text == "name\r\n\(cell)\r\n")
  }

  @Test func writesATable() async throws {
    let text = try await text("list where id >= 38 | select id, name, project_id", .table)
    #expect(
      text == """
                id  name             project_id
                38  jira_connection           7
                39  =1+1, "quoted"
                40  bell\\u{7} 日本
        5000000123  é
        4 rows

        """)
  }

  @Test func tableFitsTheTerminal() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run("list") {
      $0.format = .table
      $0.width = 80
    }
    let widths = fixture.output.text.split(separator: "\n").map { String($0).displayWidth }
    #expect((widths.max() ?? 0) <= 80)
  }

  @Test func writesMarkdown() async throws {
    let text = try await text("list where id == 36 | select id, name = \"a|b\"", .markdown)
    #expect(text == "| id | name |\n| --- | --- |\n| 36 | a\\|b |\n")
  }

  /// Values are text, whatever Markdown would make of them. Names of fields stay readable.
  @Test(arguments: [
    ("<b>x</b>", #"\<b\>x\</b\>"#), ("[x](y)", #"\[x\](y)"#), ("![x](y)", #"!\[x\](y)"#),
    ("a & b", #"a \& b"#), ("*x* `y` ~z~", #"\*x\* \`y\` \~z\~"#), ("_x_ a_b", #"\_x\_ a_b"#),
    ("https://x.y", #"https\://x.y"#), ("www.x.y", #"www\.x.y"#), ("a@b.c: d", #"a\@b.c: d"#),
    (#"a\|b"#, #"a\\\|b"#), ("$x$", #"\$x\$"#), ("x — 日本", "x — 日本"),
  ])
  func markdownHasOnlyText(_ name: String, _ expected: String) {
    let cells = Cells(header: ["folder_id", name], rows: [[.int(1), .string(name)]])
    #expect(
      MarkdownWriter.text(cells)
        == "| folder_id | \(expected) |\n| --- | --- |\n| 1 | \(expected) |\n")
  }

  @Test func jsonEscapesInvisibleCharacters() async throws {
    let text = try await text("get 40 | select name", .json)
    #expect(text == "[\n  {\n    \"name\": \"bell\\u0007 日本\"\n  }\n]\n")
  }

  @Test func idsNeedConnections() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("list | count") { $0.format = .ids }
    #expect(result.error?.message == "these rows have no id")
  }

  @Test func writesNoRows() async throws {
    expectEqual(try await text("list where id == 1", .json), "[]\n")
    expectEqual(try await text("list where id == 1", .jsonl), "")
    expectEqual(try await text("list where id == 1 | select id", .csv), "id\r\n")
  }

  // MARK: Calls

  private func calls(
    _ script: String, _ form: CallPrinter.Form, _ mode: PipelineFixture.Mode = .dryRun
  )
    async throws -> String
  {
    let fixture = PipelineFixture()
    let calls = RecordingOutput()
    _ = try await fixture.run(script, mode, form: form) { $0.callOutput = calls }
    return calls.text
  }

  @Test func printsCallsAsHTTP() async throws {
    expectEqual(
      try await calls("list where tags has \"x\" | update name = f\"{name}!\"", .http),
      """
      GET https://www.workato.com/api/connections?includes%5B%5D=tags
      Authorization: Bearer ‹WORKATO_API_TOKEN›
      Accept: application/json
      Accept-Encoding: gzip
      User-Agent: conn/0.2.0

      # for each row of 1:1-1:23: list where tags has "x"
      PUT https://www.workato.com/api/connections/{id}
      Authorization: Bearer ‹WORKATO_API_TOKEN›
      Accept: application/json
      Accept-Encoding: gzip
      Content-Type: application/json
      User-Agent: conn/0.2.0

      {"name":"{f\\"{name}!\\"}"}


      """)
  }

  @Test func dryRunOfGetIsConcrete() async throws {
    let text = try await calls("get 36, 37 | disconnect", .json)
    #expect(text.contains(#""url":"https://www.workato.com/api/connections/36/disconnect""#))
    #expect(text.contains(#""template":false,"connection":{"id":37,"name":null}"#))
    #expect(text.split(separator: "\n").count == 3)
  }

  @Test func dryRunOfAFilteredGetIsATemplate() async throws {
    let text = try await calls("get 36 | where connected | disconnect", .json)
    #expect(text.contains(#"/api/connections/{id}/disconnect"#))
  }

  @Test func printsCallsAsJSON() async throws {
    let text = try await calls("get 36 | disconnect force", .json, .preview)
    #expect(
      text
        == #"{"method":"POST","url":"https://www.workato.com/api/connections/36/disconnect","headers":{"Authorization":"Bearer ‹WORKATO_API_TOKEN›","Accept":"application/json","Accept-Encoding":"gzip","Content-Type":"application/json","User-Agent":"conn/0.2.0"},"body":{"force":true},"template":false,"connection":{"id":36,"name":"Prod JIRA connection"},"connections":[{"id":36,"name":"Prod JIRA connection"}],"source":{"file":"test","line":1,"column":10},"effect":"destructive"}"#
        + "\n")
  }

  @Test func curlCanBePasted() async throws {
    let text = try await calls("create always name = \"it's\"", .curl)
    #expect(
      text == #"""
        curl --globoff --request POST 'https://www.workato.com/api/connections' \
          --header "Authorization: Bearer $WORKATO_API_TOKEN" \
          --header 'Accept: application/json' \
          --header 'Content-Type: application/json' \
          --header 'User-Agent: conn/0.2.0' \
          --data '{"name":"it'\''s"}'


        """#)
  }

  @Test func hidesCredentials() async throws {
    let script = "get 36 | update input = { user: \"hunter2\", deep: [secret(\"env:X\")] }"
    for mode in [PipelineFixture.Mode.dryRun, .preview] {
      let text = try await calls(script, .http, mode)
      #expect(text.contains(#"{"input":{"user":"‹hidden›","deep":["‹secret env:X›"]}}"#))
      #expect(!text.contains("hunter2"))
    }
  }

  @Test func templatesHideCredentials() async throws {
    let text = try await calls(
      """
      list where connected | update input = { host: name, apitoken: "hunter2" }
      | select id, name | where name == "x" | disconnect
      """, .http)
    #expect(text.contains(#"{"input":{"host":"‹hidden›","apitoken":"‹hidden›"}}"#))
    #expect(!text.contains("hunter2"))
  }

  @Test func dryRunOfRowDependentWritesIsATemplate() async throws {
    let text = try await calls(
      "let n = list | count\ncreate name = f\"{count($n)}\", provider = \"jira\"", .json)
    #expect(text.contains(#""body":{"name":"{f\"{count($n)}\"}","provider":"jira"}"#))
  }

  // MARK: Preview

  @Test func laterStepsSeeEarlierEffects() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run(
      """
      get 36 | delete
      get 37 | update folder_id = 1
      create name = "new", provider = "jira", folder_id = 1
      list where folder_id == 1 | select id, name
      list | count
      """, .preview, form: .json)
    #expect(fixture.output.text.contains(#"{"id":37,"name":"ACME google sheet account"}"#))
    #expect(fixture.output.text.contains(#"{"id":-1,"name":"new"}"#))
    #expect(fixture.output.text.hasSuffix(#"{"count":6}"# + "\n"))
    expectEqual(await fixture.server.calls, [])
  }

  /// The calls that a preview prints are the calls that are then sent.
  @Test(arguments: [
    "list where tags has \"x\" | disconnect force", "get 36, 38 | update folder_id = 4515",
    "list where connected | update name = upper(name) | delete",
    "create name = \"a\", provider = \"jira\"",
  ])
  func sendsWhatAPreviewPrints(_ script: String) async throws {
    let previewed = try await calls(script, .json, .preview)
    let fixture = PipelineFixture()
    _ = try await fixture.run(script)
    let sent = await fixture.server.calls.map { call in
      "\(call.request.method.rawValue) \(call.request.target) \(call.request.body?.shown.text ?? "null")"
    }
    let printed = previewed.split(separator: "\n").compactMap {
      try? JSONParser.parse(Array($0.utf8))
    }
    .map { call in
      let url = call["url"]?.string ?? ""
      let path = url.replacing("https://www.workato.com", with: "")
      return "\(call["method"]?.string ?? "") \(path) \(call["body"]?.text ?? "")"
    }
    #expect(printed == sent)
  }

  @Test func secondQueryReadsWholeRows() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      """
      list where folder_id == 4515 | select id, name | update external_id = "q"
      list where external_id == "q" and tags has "prod" | select id
      """, .preview, form: .json)
    #expect(result.error == nil)
    #expect(fixture.output.text.hasSuffix(#"{"id":36}"# + "\n"))
  }

  @Test func dryRunWithASnapshotIsConcrete() async throws {
    let text = try await calls("list where tags has \"prod\" | delete", .json, .snapshotDryRun)
    #expect(text.contains("/api/connections/36"))
    #expect(!text.contains("GET"))
  }

  @Test func previewSavesNothing() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run("list | save \"all.json\"", .preview)
    #expect(fixture.disk.text("all.json") == nil)
    #expect(fixture.output.talk == ["6 rows would be saved to all.json"])
  }
}

@Suite struct SnapshotFileTests {
  private func problem(_ name: String, _ text: String) -> String? {
    let disk = MemoryDisk()
    disk.put(name, text)
    do {
      _ = try SnapshotFile(name, disk: disk)
      return nil
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    ("a.json", "", "`a.json` is empty"), ("a.json", " \n", "`a.json` is empty"),
    ("a.json", "[{\"id\":1},\n  {\"id\":}]", "`a.json`:2:9: expected a value"),
    ("a.json", "[{\"id\":1}", "`a.json`:1:10: unexpected end inside a value"),
    ("a.json", "{\"a\":1}", "`a.json` does not contain an array"),
    ("a.json", "[1]", "`a.json`: element 1 is not an object"),
    ("a.json", #"[{"id":1,"id":2}]"#, #"`a.json`:1:10: "id" appears twice in an object"#),
    ("a.jsonl", "{\"id\":1}\n{\"a\":1,\n", "`a.jsonl`:2:8: expected a quoted name"),
    (
      "a.jsonl", "{\"id\":1}\n{\"a\":1,\"\\u0061\":1}\n",
      "`a.jsonl`:2:8: \"a\" appears twice in an object"
    ),
    ("a.jsonl", "{\"id\":1}\n\n{\"id\":", "`a.jsonl`:3:7: unexpected end: a value is missing"),
    ("a.csv", "a,b\n1\n", "`a.csv`:2: 1 field, but the header has 2"),
    ("a.csv", "a\n\"x", "`a.csv`:2: a quoted field is never closed"),
    ("a.txt", "x", "unknown file type: `a.txt` (use .json, .jsonl or .csv)"),
  ])
  func reportsUnreadableFiles(_ name: String, _ text: String, _ expected: String) {
    #expect(problem(name, text) == expected)
  }

  @Test func readsRecordsThatAreNotConnections() throws {
    let disk = MemoryDisk()
    disk.put("a.csv", "owner,folder_id,note\nU1,4515,\nU2,1892,x\n")
    let set = try SnapshotFile("a.csv", disk: disk).set
    #expect(
      set.schema.columns.map { "\($0.name) \($0.type)\($0.isNullable ? "?" : "")" } == [
        "owner string", "folder_id int", "note string?",
      ])
  }
}
