import Foundation
import Simulator
import TestSupport
import Testing

/// Plans of the built program, applied on a server that others change as well.
@Suite(.serialized) struct PlanTests {
  private static let plan = """
    cd "$XDG_STATE_HOME"
    conn plan --eval 'list where tags has "tag-legacy" and not connected | update folder_id = 28940' \
      -o p > page
    """

  private func session(
    _ line: String, faults: [SimulatorFault] = [], token: String = "wrk-simulator"
  )
    async throws -> (Program.Result, [ReceivedRequest])
  {
    try await ServerTests().against(faults, Self.plan + "\n" + line, token: token)
  }

  @Test func planningSendsOnlyGETs() async throws {
    let (result, requests) = try await session("cat page")
    #expect(requests.map(\.method) == ["GET"])
    #expect(result.output.contains("1211  Old JIRA connection           jira\n"))
    #expect(result.errors.contains("Plan: 1 GET was sent, nothing was changed.\n"))
    #expect(!result.output.contains("wrk-simulator"))
  }

  /// The exit code tells whether the plan has changes; so does the summary of the events.
  @Test(arguments: [
    ("'get 1211 | update folder_id = 28940'", 11, "\"exit\":11,"),
    ("'get 1211 | update name = name'", 0, "\"exit\":0,"), ("'list | count'", 0, "\"exit\":0,"),
    ("'list where id == 1 | delete'", 0, "\"exit\":0,"),
    ("'get 1211 | delete' --max-writes 0", 5, "\"exit\":5,"), ("'get 1'", 5, "\"exit\":5,"),
    ("'get 1211 | delte'", 2, "\"exit\":2,"),
  ])
  func detailedExitCodeTellsChanges(_ line: String, _ code: Int32, _ summary: String) async throws {
    let result = try await Program.run(
      "conn plan --simulator --detailed-exitcode --events \"$XDG_STATE_HOME/e\" --eval \(line); "
        + "code=$?; tail -1 \"$XDG_STATE_HOME/e\" >&2; exit $code")
    #expect(result.exitCode == code, "\(result.errors)")
    #expect(result.errors.contains(summary), "\(result.errors)")
  }

  @Test func appliesExactlyThePlannedWrites() async throws {
    let (result, requests) = try await session("conn apply p --yes")
    #expect(result.exitCode == 0)
    #expect(requests.map(\.method) == ["GET", "GET", "PUT", "PUT"])
    #expect(
      requests.dropFirst(2).map { "\($0.uri) \($0.text)" } == [
        #"/api/connections/1211 {"folder_id":28940}"#,
        #"/api/connections/1214 {"folder_id":28940}"#,
      ])
  }

  @Test func skipsTargetsThatOthersChanged() async throws {
    let (result, requests) = try await session(
      """
      conn eval 'get 1211 | update folder_id = 4515' --yes --quiet > /dev/null
      conn apply p --yes
      """)
    #expect(result.exitCode == 6)
    #expect(
      result.output == #"""
        {"id":1211,"name":"Old JIRA connection","action":"update","outcome":"skipped","reason":"drifted: folder_id: 1892 → 4515","http_status":null}
        {"id":1214,"name":"ACME Salesforce sandbox 2019","action":"update","outcome":"done","reason":null,"http_status":200}

        """#)
    #expect(
      result.errors.contains(
        "1 of 2 targets has changed since the plan was made and will be skipped; "
          + "make a new plan for it.\n"))
    #expect(result.errors.contains("Done: 1 of 2 updated, 1 not tried, 2 calls, "))
    #expect(requests.filter { $0.method == "PUT" }.map(\.uri).last == "/api/connections/1214")
  }

  /// Each write has an outcome event, even one that is not sent.
  @Test(arguments: [("1211", 4), ("1211, 1214", 2)])
  func skippedTargetsHaveEvents(_ changed: String, _ events: Int) async throws {
    let (result, _) = try await session(
      """
      conn eval 'get \(changed) | update folder_id = 4515' --yes --quiet > /dev/null
      conn apply p --yes --events e > /dev/null
      jq -r 'select(.type == "outcome") | "\\(.write) \\(.outcome)"' e
      """)
    let other = changed == "1211" ? "2 done" : "2 skipped"
    #expect(result.output == "1 skipped\n\(other)\n", "\(result.errors)")
  }

  @Test func skipsDeletedTargets() async throws {
    let (result, requests) = try await session(
      """
      conn eval 'get 1211, 1214 | disconnect force | delete' --yes --quiet > /dev/null
      conn apply p --yes
      """)
    #expect(result.exitCode == 6)
    #expect(
      result.output.components(separatedBy: "drifted: the connection no longer exists").count == 3)
    #expect(result.errors.contains("Done: 0 of 2 updated, 2 not tried, 1 call, "))
    #expect(!requests.contains { $0.method == "PUT" })
  }

  @Test func concurrentAppliesHaveOneWinner() async throws {
    let (result, requests) = try await session(
      """
      export CONN_PROCESS=1
      conn apply p --yes > /dev/null & a=$!
      conn apply p --yes > /dev/null & b=$!
      wait $a; first=$?; wait $b; second=$?
      printf '%s\\n' $first $second | sort
      """)
    #expect(result.output == "0\n6\n")
    #expect(requests.filter { $0.method == "PUT" }.count == 2)
  }

  @Test func rejectsAnotherToken() async throws {
    let (result, requests) = try await session("WORKATO_API_TOKEN=abc conn apply p --yes")
    #expect(result.exitCode == 6)
    #expect(result.errors.contains("the plan was created with another token: its fingerprint is "))
    #expect(requests.count == 1)
  }

  @Test func sendsNothingWithoutAStateDirectory() async throws {
    let (result, requests) = try await session("XDG_STATE_HOME=/dev/null/x conn apply p --yes")
    #expect(result.exitCode == 10)
    #expect(result.errors.contains("so nothing was sent"))
    #expect(!requests.contains { $0.method == "PUT" })
  }

  /// Two calls, the second two seconds after the first.
  @Test func refusesAPlanThatExceedsTheDeadline() async throws {
    let (result, requests) = try await session(
      """
      conn plan --eval 'get 36, 37 | update folder_id = 1892' --rate 0.5 --deadline 1s -o q > /dev/null \
        --events e
      code=$?; test ! -e q && jq -r '[.type, .exit] | @tsv' e; exit $code
      """)
    #expect(result.exitCode == 7)
    #expect(
      result.errors.contains(
        """
        error: would be refused: the writes take about 2 s, but the deadline leaves
        """))
    #expect(result.output == "version\t\nrun\t\ncall\t\nsummary\t7\n")
    #expect(!requests.contains { $0.method == "PUT" })
    let (fits, _) = try await session(
      "conn plan --eval 'get 36, 37 | update folder_id = 1892' --rate 0.5 --deadline 3s -o q")
    #expect(fits.exitCode == 0, "\(fits.errors)")
  }

  @Test func planningHasEvents() async throws {
    let (result, _) = try await session(
      "conn plan --eval 'get 36 | delete' -o q --events - | jq -c '[.type, .mode]'")
    #expect(
      result.output == """
        ["version",null]
        ["run","plan"]
        ["call",null]
        ["output",null]
        ["summary",null]

        """)
  }

  @Test(arguments: ["--yes", "--on-error stop", "--max-failures 3", "--output csv"])
  func planRejectsOptionsOfRuns(_ option: String) async throws {
    let (result, _) = try await session("conn plan --eval 'get 36 | delete' \(option)")
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("Unknown option '\(option.prefix { $0 != " " })'"))
  }

  @Test func resolvesSecretsWhenApplying() async throws {
    let (result, requests) = try await session(
      """
      conn plan --eval 'get 36 | update input = { pw: secret("env:PW") }' -o q
      PW=hunter2 conn apply q --yes --verbose
      cat q
      """)
    #expect(result.exitCode == 0)
    #expect(requests.last?.text == #"{"input":{"pw":"hunter2"}}"#)
    #expect(!(result.output + result.errors).contains("hunter2"))
  }

  @Test func findsTheOutcomeOfALostAnswer() async throws {
    let fault = SimulatorFault(on: .update, play: .reset, applies: true)
    let (result, _) = try await session("conn apply p --yes", faults: [fault])
    #expect(result.exitCode == 0)
    #expect(result.output.contains("the answer was lost; the list shows the change"))
  }

  /// A plan whose run was killed is continued, not applied again.
  @Test func killedApplyNamesItsResume() async throws {
    let fixture = try await WriteFixture()
    _ = try await fixture.shell("conn plan script.conn -o p.plan")
    let apply = "conn apply p.plan --yes --rate 20"
    let killed = try await fixture.shimmed(apply, "c:4:after")
    #expect(killed.exitCode == SIGKILL)
    let again = try await fixture.shell(apply)
    let run = try #require(fixture.runs.first).lastPathComponent
    #expect(again.exitCode == 6)
    #expect(again.errors.contains("conn resume \(run) continues it"), "\(again.errors)")
    let resumed = try await fixture.shell("conn resume \(run) --yes")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(try await fixture.shell(apply).errors.contains("a plan can be applied only once"))
    try await fixture.close()
  }
}
