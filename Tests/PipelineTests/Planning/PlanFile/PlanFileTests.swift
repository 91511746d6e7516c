import API
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Language
import Planning
import TestSupport
import Testing
import Text

/// Writes and reads plan files.
@Suite struct PlanFileTests {
  private static let script = """
    param pw: secret
    let rows = list where tags has "x" and not connected
    $rows | update name = f"{name} (old)", input = { password: $pw }
    for x in create name = "p", application = "jira" {
      create name = "c", application = "jira", parent_id = $x.id
      get $x.id | update folder_id = 4515
    }
    get 36, 37 | disconnect force | delete
    """

  private func file() async throws -> PlanFile {
    try await PipelineFixture().planFile(Self.script, arguments: ["pw=env:CONN_PW"])
  }

  @Test func readsWhatWasWritten() async throws {
    let file = try await file()
    let again = try PlanFile.read(file.bytes)
    #expect(again.hash == file.hash)
    #expect(again.bytes == file.bytes)
    let calls = again.plan.writes.map(\.call)
    #expect(calls == file.plan.writes.map(\.call))
    #expect(
      calls.map { "\($0.request.method.rawValue) \($0.request.target)" } == [
        "PUT /api/connections/39", "PUT /api/connections/5000000123", "POST /api/connections",
        "POST /api/connections", "PUT /api/connections/{new1}",
        "POST /api/connections/36/disconnect", "POST /api/connections/37/disconnect",
        "DELETE /api/connections/36", "DELETE /api/connections/37",
      ])
  }

  @Test func writesTheFormatToTheLetter() async throws {
    let file = try await PipelineFixture().planFile(
      "list where tags has \"y\" and raw.project_id == null | first 1 | update folder_id = 7")
    let text = String(decoding: file.bytes, as: UTF8.self)
    let expected = #"""
      {"assumptions":[],"conn_version":"0.2.0","created_at":"2026-01-31T10:00:05Z",\#
      "files":[],"format_version":1,\#
      "guards":{"expect":null,"max_percent":null,"max_writes":null},\#
      "includes_runtime":false,"now":"2026-01-31T10:00:00Z","parameters":{},\#
      "script":{"name":"test","sha256":"\#(file.header.script.hash)"},\#
      "sha256":"\#(file.hash)",\#
      "steps":[{"conditions":["tags has \"y\" and raw.project_id == null"],\#
      "population":6,"selected":1,"sentence":"Update `folder_id` of the connection \#
      40 \"bell\\u{7} 日本\" (of 6), out of those that have the tag \"y\" and satisfy \#
      `raw.project_id == null`, only the first 1.",\#
      "source":{"column":1,"file":"test","line":1},\#
      "writes":[{"action":"update","before":{"folder_id":28940},"body":{"folder_id":7},\#
      "effect":"write","expected":"done","matched":{"raw.project_id":null,"tags":["y"]},\#
      "method":"PUT","path":"/api/connections/40","reversible":true,\#
      "source":{"column":64,"file":"test","line":1},\#
      "target":{"application":"jira","id":40,"name":"bell\u0007 日本",\#
      "updated_at":"2015-05-26T22:53:52.532Z"}}]}],\#
      "workspace":{"host":"https://www.workato.com","profile":null,\#
      "token_fingerprint":"0123456789ab"}}

      """#
    #expect(text == expected)
  }

  /// The time grows linearly with the plan.
  @Test(.timeLimit(.minutes(1))) func savesThousandsOfWritesInLinearTime() async throws {
    let rows = (1...1_000).compactMap { id in
      Samples.connections[0].merging(JSON.Object([("name", .string("n\(id)"))]))
        .numbered(Int64(id))
    }
    let file = try await PipelineFixture(rows).planFile("list all | update folder_id = 7 | delete")
    expectEqual(try PlanFile.read(file.bytes).plan.parts[0].writes.count, 2_000)
  }

  @Test func planningChangesNothing() async throws {
    let fixture = PipelineFixture()
    let plan = try await fixture.plan(
      "get 36 | delete | save \"out.json\"\nlist where id == 36 | count\nprint \"hello\"")
    expectEqual(await fixture.server.calls, [])
    #expect(fixture.disk.text("out.json") == nil)
    #expect(plan.plan.parts.count == 1)
    #expect(fixture.output.rows.first?["count"]?.int == 0)
  }

  @Test func fingerprintIdentifiesTheToken() throws {
    let identity = WorkspaceIdentity(
      host: ServerAddress.standard.base, fingerprint: try APIToken("wrk-simulator").fingerprint,
      profile: nil)
    // printf wrk-simulator | sha256sum | cut -c1-16
    #expect(identity.fingerprint == "1e2b6755a79c3dfc")
    #expect(identity.host == "https://www.workato.com")
  }

  // MARK: Secrets

  @Test func savesSecretsAsReferences() async throws {
    let text = String(decoding: try await file().bytes, as: UTF8.self)
    #expect(text.contains(#""input":{"password":{"$secret":"env:CONN_PW"}}"#))
    #expect(text.contains(#""parameters":{"pw":{"$secret":"env:CONN_PW"}}"#))
    #expect(text.contains(#""parent_id":{"$created":1}"#))
    #expect(text.contains(#""target":{"application":"jira","id":{"$created":1},"name":"p""#))
  }

  @Test func doesNotSaveCredentialsOfTheScript() async throws {
    let plan = try await PipelineFixture().plan(
      "get 36 | update name = \"a\", input = { a: { b: [\"hunter2\"] } }")
    let page = PlanPage(plan, hash: nil).text
    #expect(page.contains(#"input  {"a":{"b":["‹hidden›"]}}"#))
    #expect(!page.contains("hunter2"))
    let error = #expect(throws: RunError.self) { try PlanFile(sealing: plan) }
    #expect(error?.exitCode == .usage)
    #expect(
      error?.message
        == "can't save this plan: it sends a credential from the script, and files hold no secrets")
    #expect(error?.help == "name the place where it is kept: `secret(\"env:NAME\")`")
    #expect(error?.span == SourceSpan(9, 61))
  }

  /// A value is a credential because of the field it goes into, or because of a likely name.
  @Test(arguments: [
    "param api_token: string\nprint $api_token\nget 36 | delete",
    "param api_token: string\nget 36 | update input = { pw: $api_token }",
    "param api_token: string\nlet q = f\"a{$api_token}\"\nget 36 | update input = { pw: $q }",
  ])
  func doesNotSaveCredentialParameters(_ text: String) async throws {
    for name in ["api_token", "word"] where name == "api_token" || text.contains("input") {
      let plan = try await PipelineFixture().plan(
        text.replacing("api_token", with: name), arguments: ["\(name)=hunter2"])
      #expect(plan.header.parameters[name]?.string == "‹hidden›")
      #expect(!PlanPage(plan, hash: nil).text.contains("hunter2"))
    }
  }

  @Test(arguments: [
    "for p in [$w] { get 36 | update input = { pw: $p } }",
    "let rows = list where id == 36 | select id, p = $w\n$rows | update input = { pw: p }",
    "list where id == 36 | select id, p = f\"{$w}\" | update input = { pw: p }",
    "list where id == 36 | select id, p = $w\nit | update input = { pw: p }",
    "for r in list where id == 36 | select id, p = $w { get 36 | update input = { pw: $r.p } }",
    "if 1 == 2 { get 36 | update input = { pw: $w } }",
    "def set(p: string) = update input = { pw: $p }\nget 36 | set($w)",
  ])
  func hidesCredentialsHoweverTheyArePassed(_ text: String) async throws {
    let plan = try await PipelineFixture().plan(
      "param w: string\nparam tag: string = \"x\"\nlist where tags has $tag | count\n" + text,
      arguments: ["w=hunter2"])
    #expect(plan.header.parameters.members.map(\.value.text) == [#""x""#, #""‹hidden›""#])
    #expect(!PlanPage(plan, hash: nil).text.contains("hunter2"))
  }

  @Test(arguments: [
    "for x in create name = \"p\", application = \"jira\" { get 36 | update name = f\"of {$x.id}\" }",
    "create name = \"p\", application = \"jira\" | update external_id = f\"{id}\"",
    "create name = \"p\", application = \"jira\" | create name = f\"{id}\", application = \"jira\"",
  ])
  func rejectsTheUnknownIDOfANewConnection(_ text: String) async throws {
    let error = await #expect(throws: RunError.self) { try await PipelineFixture().plan(text) }
    #expect(error?.exitCode == .usage)
    #expect(
      error?.message
        == "the id of a connection that the plan creates isn't known until it is created")
  }

  // MARK: Bad files

  /// A plan has exactly one spelling: changing any byte is detected.
  @Test func detectsAnyChangedByte() async throws {
    let bytes = try await PipelineFixture().planFile("get 36 | disconnect force").bytes
    var random = SplitMix64(seed: 7)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= UInt8.random(in: 1...255, using: &random)
      let error = #expect(throws: RunError.self, "byte \(index)") { try PlanFile.read(changed) }
      #expect(error?.exitCode == .stalePlan)
    }
  }

  @Test func detectsTruncation() async throws {
    let bytes = try await file().bytes
    for length in stride(from: 1, to: bytes.count - 1, by: 13) {
      let error = #expect(throws: RunError.self) { try PlanFile.read(Array(bytes[..<length])) }
      #expect(
        error?.message.hasPrefix("not a plan file: the file is truncated: ") == true)
    }
    let error = #expect(throws: RunError.self) { try PlanFile.read(bytes.dropLast()) }
    #expect(error?.message == "the plan was edited: its content does not match its sha256")
  }

  private func problem(_ bytes: [UInt8]) throws -> String {
    let error = try #require(throws: RunError.self) { try PlanFile.read(bytes) }
    #expect(error.exitCode == .stalePlan)
    #expect(error.help != nil)
    return error.message
  }

  @Test func rejectsMalformedPlanFiles() throws {
    let unreadable = "not a plan file: "
    expectEqual(try problem([]), unreadable + "the file is empty")
    expectEqual(
      try problem(Array("# conn\n".utf8)), unreadable + "invalid JSON: expected a value at byte 0")
    expectEqual(try problem(Array("[]\n".utf8)), unreadable + "the file is not an object")
    expectEqual(try problem(Array("{}\n".utf8)), unreadable + "`format_version` is missing")
    expectEqual(
      try problem(Array("{\"format_version\":0}\n".utf8)), unreadable + "unknown format 0")
    expectEqual(
      try problem(Array("{\"format_version\":1,\"format_version\":1}\n".utf8)),
      unreadable + "invalid JSON: \"format_version\" appears twice in an object at byte 20")
    expectEqual(
      try problem(Array("{\"format_version\":2}\n".utf8)),
      "the plan was created by a newer conn: its format is 2, but conn 0.2.0 "
        + "reads format 1")
    expectEqual(
      try problem(Array(repeating: 0x20, count: PlanFile.limit + 1)),
      unreadable + "the file is larger than 64 MiB")
  }

  /// Changes the text of a plan, and seals it as `conn` would.
  private func forged(_ old: String, _ new: String) async throws -> String {
    let text = String(decoding: try await file().bytes, as: UTF8.self)
    #expect(text.contains(old))
    let changed = try JSONParser.parse(
      Array(text.replacing(old, with: new, maxReplacements: 1).utf8))
    var object = try #require(changed.object)
    object.remove("sha256")
    let hash = Digest.sha256(JSON.object(object).sortingMembers.text.utf8)
    object.set("sha256", .string(hash))
    return try problem(Array((JSON.object(object).sortingMembers.text + "\n").utf8))
      .replacing("not a plan file: ", with: "")
  }

  /// A hash is not a signature, so the parts of a plan must be consistent.
  @Test(arguments: [
    (#""now":"2026-01-31T10:00:00Z""#, #""now":"today""#, "`now` is not a timestamp"),
    (#""now":"2026-01-31T10:00:00Z","#, "", "`now` is missing"),
    (#""steps":["#, #""steps":[7,"#, "`steps[0]` is not an object"),
    (
      #""path":"/api/connections/39""#, #""path":"/api/users/39""#,
      "`steps[0].writes[0].path` does not match the rest of the write; expected "
        + "/api/connections/39"
    ),
    (
      #""effect":"destructive""#, #""effect":"read""#,
      "`steps[4].writes[0].effect` does not match the rest of the write; expected destructive"
    ),
    (
      #""password":{"$secret":"env:CONN_PW"}"#, #""password":"hunter2""#,
      "`steps[0].writes[0].body.input.password` is not an object"
    ),
    (
      #""password":{"$secret":"env:CONN_PW"}"#, #""password":{"$secret":"hunter2"}"#,
      "`steps[0].writes[0].body.input.password.$secret` is not a reference to a secret"
    ),
    (
      #""parent_id":{"$created":1}"#, #""parent_id":{"$created":2}"#,
      "`steps[2].writes[0].body.parent_id.$created` is not a connection that the plan creates earlier"
    ),
    (
      #""body":{"folder_id":4515}"#, #""body":{"shared":4515}"#,
      "`steps[3].writes[0].body.shared` is not a field that update sends"
    ),
    (#""id":39"#, #""id":-39"#, "`steps[0].writes[0].target.id` is not an id"),
    (
      #""body":{"force":true}"#, #""body":{"force":false}"#,
      "`steps[4].writes[0].body` is not the body of a disconnect"
    ),
    (#""action":"update""#, #""action":"upgrade""#, "`steps[0].writes[0].action` is not an action"),
    (#""selected":2"#, #""selected":-2"#, "`steps[0].selected` is negative"),
    (
      #""files":[]"#, #""files":[],"more":1"#,
      "the plan was edited: its content does not match its sha256"
    ),
  ])
  func rejectsForgedPlans(_ old: String, _ new: String, _ message: String) async throws {
    expectEqual(try await forged(old, new), message)
  }
}

extension Connection {
  fileprivate func numbered(_ id: Int64) -> Connection? {
    var object = object
    object.set("id", .int(id))
    return Connection(.object(object))
  }
}
