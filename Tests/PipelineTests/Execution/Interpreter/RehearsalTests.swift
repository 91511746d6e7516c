import API
import Evaluation
import Execution
import Planning
import TestSupport
import Testing

/// A preview, a plan and a dry run judge every guard as a real run would, as far as they can.
@Suite struct RehearsalTests {
  /// A guard, and what each kind of rehearsal says of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let script: String
    var profile: String?
    var maxWrites: Int?
    var maxPercent: Int?
    var expect: Int?
    var failsOnEmpty = false
    /// The refusal of a real run; `nil` if it isn't refused.
    let refusal: String?
    /// What a dry run doesn't check; `nil` if it refuses, too.
    var unchecked: [String]?

    var testDescription: String { "\(script) \(profile ?? "") \(refusal ?? "")" }
  }

  static let three = "get 36, 37, 38 | delete"
  static let some = "list where connected | delete"

  static let cases = [
    // --max-writes
    Case(script: three, maxWrites: 2, refusal: "--max-writes 2, but 3 are planned"),
    Case(script: three, maxWrites: 3, refusal: nil, unchecked: []),
    Case(
      script: "get 36 | delete\nget 37, 38 | delete", maxWrites: 2,
      refusal: "--max-writes 2, but 3 are planned"),
    Case(
      script: some, maxWrites: 1, refusal: "--max-writes 1, but 2 are planned",
      unchecked: ["--max-writes 1"]),
    Case(
      script: "get 36, 37, 38 | update name = \"x\"", maxWrites: 2,
      refusal: "--max-writes 2, but 3 are planned", unchecked: ["--max-writes 2"]),
    Case(
      script: three, profile: "max_writes = 2",
      refusal: "`max_writes = 2` of the profile `eu-prod`, but 3 are planned"),
    Case(
      script: some, profile: "max_writes = 1",
      refusal: "`max_writes = 1` of the profile `eu-prod`, but 2 are planned",
      unchecked: ["`max_writes = 1` of the profile `eu-prod`"]),
    // --expect
    Case(script: three, expect: 2, refusal: "--expect 2, but 3 rows are selected"),
    Case(script: three, expect: 3, refusal: nil, unchecked: []),
    Case(
      script: some, expect: 1, refusal: "--expect 1, but 2 rows are selected",
      unchecked: ["--expect 1"]),
    // --max-percent
    Case(
      script: three, maxPercent: 40, refusal: "--max-percent 40, but 3 of 6 are selected",
      unchecked: ["--max-percent 40"]),
    Case(
      script: three, profile: "max_percent = 40",
      refusal: "`max_percent = 40` of the profile `eu-prod`, but 3 of 6 are selected",
      unchecked: ["`max_percent = 40` of the profile `eu-prod`"]),
    // protect
    Case(
      script: three, profile: "protect = tags has \"x\"",
      refusal: "the profile `eu-prod` protects 1 of the 3 connections that would be changed: "
        + "36 \"Prod JIRA connection\"", unchecked: ["`protect` of the profile `eu-prod`"]),
    Case(
      script: "create name = \"a\", provider = \"jira\", folder_id = 7",
      profile: "protect = folder_id == 7",
      refusal: "the profile `eu-prod` protects the connection that would be changed: a new \"a\""),
    // read_only
    Case(
      script: some, profile: "read_only = true",
      refusal: "the profile `eu-prod` is read-only, but `delete` writes"),
    // expect
    Case(
      script: "list where connected | expect count < 2 | delete",
      refusal: "expected count < 2, found 2", unchecked: ["`expect count < 2`"]),
    Case(
      script: "list where connected | delete | expect all outcome == \"failed\"",
      refusal: "expected all rows to match; 2 of them did not: 36, 40",
      unchecked: ["`expect all outcome == \"failed\"`"]),
    Case(
      script: "list | expect count < 2\nget 36 | delete",
      refusal: "expected count < 2, found 6", unchecked: ["`expect count < 2`"]),
    // --fail-on-empty
    Case(
      script: "list where id == 1 | delete", failsOnEmpty: true, refusal: "no row is selected",
      unchecked: ["--fail-on-empty"]),
    // Blocks of which nobody knows whether they run.
    Case(
      script: "for c in list where id == 40 { get 37 | delete }", maxWrites: 0,
      refusal: "--max-writes 0, but 1 is planned", unchecked: ["--max-writes 0"]),
  ]

  private func configure(_ one: Case) throws -> (inout RunContext) -> Void {
    let profile = try one.profile.map(Profiles.guards)
    return { context in
      context.guards.profile = profile
      context.guards.maxWrites = one.maxWrites
      context.guards.maxPercent = one.maxPercent
      context.guards.expected = one.expect
      context.guards.failsOnEmpty = one.failsOnEmpty
      context.guards.confirmed = true
    }
  }

  @Test(arguments: cases)
  func previewJudges(_ one: Case) async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(one.script, .preview, configure: try configure(one))
    expectVerdict(result.error, one)
    #expect(result.exitCode == (one.refusal == nil ? .success : .guardRefused))
    expectEqual(await fixture.server.calls, [])
    // The changes are shown all the same.
    let isEmpty = one.failsOnEmpty
    #expect(
      isEmpty
        || fixture.output.text.contains(one.script.contains("create") ? "create 1" : "connection"))
  }

  @Test(arguments: cases)
  func planJudges(_ one: Case) async throws {
    let fixture = PipelineFixture()
    do {
      _ = try await fixture.plan(one.script) { context in
        context.workspaceReader = fixture.server
        (try? self.configure(one))?(&context)
      }
      #expect(one.refusal == nil)
    } catch let error as RunError {
      expectVerdict(error, one)
    }
  }

  @Test(arguments: cases)
  func dryRunJudgesWhatIsKnown(_ one: Case) async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(one.script, .dryRun, configure: try configure(one))
    expectEqual(await fixture.server.queries, [])
    guard let unchecked = one.unchecked else { return expectVerdict(result.error, one) }
    expectNil(result.error)
    let said = fixture.output.talk.filter { $0.hasPrefix("not checked: ") }
    #expect(said == unchecked.map { "not checked: \($0)" })
  }

  /// With a snapshot, everything is known.
  @Test(arguments: cases.filter { $0.unchecked?.contains { !$0.contains("expect all") } == true })
  func dryRunWithASnapshotJudgesAll(_ one: Case) async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(one.script, .snapshotDryRun, configure: try configure(one))
    expectVerdict(result.error, one)
    #expect(!fixture.output.talk.contains { $0.hasPrefix("not checked") })
  }

  private func expectVerdict(_ error: RunError?, _ one: Case) {
    #expect(error?.message == one.refusal.map { "would be refused: \($0)" })
    #expect(error == nil || error?.exitCode == .guardRefused)
  }

  // MARK: Notes

  @Test(arguments: [
    (some, false, "--yes, and --max-writes N or --expect N"),
    (some, true, "--max-writes N or --expect N"), (three, false, "--yes"), (three, true, nil),
    ("\(some)\n\(some)", true, "--max-writes N"),
    (
      "for r in list where connected { get $r.id | disconnect }", false, "--yes, and --max-writes N"
    ),
    ("list where id == 1 | update name = \"x\"", true, nil), ("list | count", false, nil),
  ])
  func notesWhatARunWithoutATerminalNeeds(_ script: String, _ isConfirmed: Bool, _ needs: String?)
    async throws
  {
    for mode in [PipelineFixture.Mode.preview, .snapshotDryRun] {
      let fixture = PipelineFixture()
      let result = try await fixture.run(script, mode) {
        $0.guards.confirmed = isConfirmed
        $0.guards.maxWrites = nil
      }
      expectNil(result.error)
      let notes = fixture.output.talk.filter { $0.hasPrefix("note: ") }
      #expect(
        notes == needs.map { ["note: without a terminal, the run also needs \($0)"] } ?? [])
    }
  }

  @Test func notesNothingOnATerminal() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run(Self.some, .preview, answers: ["n"])
    #expect(!fixture.output.talk.contains { $0.hasPrefix("note: ") })
  }

  // MARK: What a preview shows

  @Test func previewShowsTheTableAndThenTheCalls() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run("get 36 | update name = \"x\"", .preview)
    expectText(
      fixture.output.text,
      """
      update 1 jira connection
      36  Prod JIRA connection
          name  "Prod JIRA connection" → "x"
      # 36 "Prod JIRA connection"
      PUT https://www.workato.com/api/connections/36
      Authorization: Bearer ‹WORKATO_API_TOKEN›
      Accept: application/json
      Accept-Encoding: gzip
      Content-Type: application/json
      User-Agent: conn/\(Version.number)

      {"name":"x"}


      """)
    #expect(
      fixture.output.talk == [
        "Update `name` of the connection 36 \"Prod JIRA connection\" (of 6); it has child connections that are not in this list."
      ]
    )
  }

  @Test(arguments: [
    (
      ResultFormat.jsonl,
      """
      {"id":36,"name":"Prod JIRA connection","action":"update","field":"name","old":"Prod JIRA connection","new":"x"}
      {"id":36,"name":"Prod JIRA connection","action":"update","field":"folder_id","old":4515,"new":1}
      {"id":36,"name":"x","action":"disconnect","field":null,"old":null,"new":null}

      """
    ), (.ids, "36\n"),
    (
      .csv,
      """
      id,name,action,field,old,new\r
      36,Prod JIRA connection,update,name,Prod JIRA connection,x\r
      36,Prod JIRA connection,update,folder_id,4515,1\r
      36,x,disconnect,,,\r

      """
    ),
  ])
  func previewShowsTheChangesAsData(_ format: ResultFormat, _ text: String) async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run(
      "get 36 | update name = \"x\", folder_id = 1 | disconnect", .preview
    ) { context in
      context.changesFormat = format
      context.mode = .preview(nil, fixture.server)
    }
    expectText(fixture.output.text, text)
  }

  /// A name can't leave its comment.
  @Test func callsNameTheirConnectionOnOneLine() async throws {
    let json = #"{"id":7,"name":"a\nrm -rf /\r\u001b[2J\u2028\"x","application":"jira"}"#
    let hostile = try SampleWrites.connection(json)
    let fixture = PipelineFixture([hostile])
    _ = try await fixture.run("get 7 | delete", .preview) {
      $0.callOutput = fixture.output
      $0.output = RecordingOutput()
    }
    #expect(
      fixture.output.text.hasPrefix(
        #"# 7 "a\nrm -rf /\r\u{1B}[2J\u{2028}\"x""# + "\nDELETE https://www.workato.com/"))
  }
}
