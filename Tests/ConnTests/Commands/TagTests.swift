import Foundation
import Simulator
import TestSupport
import Testing

/// `tag` and `untag` of the built program against a server: one call for many connections.
@Suite struct TagTests {
  private static let legacy = "1204,1207,1211,1214,1219"
  private static let tag =
    #"conn eval 'list where tags has "tag-legacy" | tag "EU"' --yes --max-writes 9"#
  private static let rows = " | jq -c '[.id, .outcome, .reason]'"

  private func against(_ faults: [SimulatorFault] = [], _ line: String) async throws
    -> (Program.Result, [String])
  {
    let (result, requests) = try await ServerTests().against(
      faults, "cd \"$XDG_STATE_HOME\"; set -o pipefail\n" + line)
    return (
      result, requests.map { "\($0.method) \($0.uri)" + ($0.text.isEmpty ? "" : " \($0.text)") }
    )
  }

  private static func call(_ change: String, _ ids: String = legacy) -> String {
    #"POST /api/tags_assignments {\#(change),"connection_ids":[\#(ids)]}"#
  }

  /// 1219 has the tag already.
  private static let added = call(#""add_tags":["tag-eu"]"#, "1204,1207,1211,1214")
  private static let tags = "GET /api/tags?page=1&per_page=100"
  private static let list = "GET /api/connections?includes%5B%5D=tags"
  private static let proof =
    "GET /api/connections?include_runtime_connections=true&includes%5B%5D=tags"

  @Test func oneCallSetsATagAndAListProvesIt() async throws {
    let (result, requests) = try await against(Self.tag + Self.rows)
    #expect(requests == [Self.tags, Self.list, Self.added, Self.proof])
    #expect(
      result.output == """
        [1204,"done",null]
        [1207,"done",null]
        [1211,"done",null]
        [1214,"done",null]
        [1219,"unchanged",null]

        """)
    #expect(result.errors.contains("Done: 4 of 4 tagged, 4 calls, "))
  }

  private func against(_ line: String) async throws -> (Program.Result, [String]) {
    try await against([], line)
  }

  /// Each connection has its own intent and outcome; the intents of a call are synced once.
  @Test func everyConnectionIsInTheJournalAndTheEvents() async throws {
    let (result, _) = try await against(
      Self.tag + """
         --events e > /dev/null
        jq -c 'select(.type == "write") | [.write, .call, .id, .body.connection_ids]' e
        jq -r '.type' "$XDG_STATE_HOME"/conn/runs/*/journal.jsonl | paste -sd ' '
        """)
    #expect(
      result.output == """
        [1,1,1204,[1204]]
        [2,1,1207,[1207]]
        [3,1,1211,[1211]]
        [4,1,1214,[1214]]
        run-start list list plan intent intent intent intent outcome outcome outcome outcome run-end

        """)
  }

  /// Undo removes the tag only where the run has set it.
  @Test func undoRestoresEachConnection() async throws {
    let (result, requests) = try await against(
      Self.tag + """
         --quiet > /dev/null
        conn undo $(conn runs --output json | jq -r '.[0].run') -o u > /dev/null
        conn apply u --yes --quiet\(Self.rows)
        conn eval 'list where tags has "tag-eu" | select id, tags | sort by id' --quiet
        """)
    #expect(requests.contains(Self.call(#""remove_tags":["tag-eu"]"#, "1214,1211,1207,1204")))
    #expect(requests.count { $0.hasPrefix("POST") } == 2)
    #expect(result.output.contains(#"[1214,"done",null]"#))
    #expect(result.output.contains(#"{"id":1219,"tags":["tag-legacy","tag-eu"]}"#))
    #expect(!result.output.contains(#"{"id":1204"#))
  }

  /// The plan names the tag as the run did, without asking the server.
  @Test func undoNamesTheTagByItsTitle() async throws {
    let (result, requests) = try await against(
      Self.tag + """
         --quiet > /dev/null
        conn undo $(conn runs --output json | jq -r '.[0].run') --all
        """)
    #expect(result.output.contains("tags  - EU"), "\(result.output)")
    #expect(!result.output.contains("tag-eu"), "\(result.output)")
    #expect(requests.count == 4)
  }

  @Test func aPlanIsAppliedInOneCallAndSkipsWhatOthersChanged() async throws {
    let (result, requests) = try await against(
      """
      conn plan --eval 'list where tags has "tag-legacy" | tag "EU"' -o p --quiet > page
      grep -c '+ EU' page
      jq -c '.steps[0].writes[0] | [.action, .body, .titles, .before]' p
      conn eval 'get 1204 | untag "Legacy"' --yes --quiet > /dev/null
      conn apply p --yes --quiet\(Self.rows)
      """)
    #expect(result.exitCode == 6)
    #expect(requests.contains(Self.call(#""add_tags":["tag-eu"]"#, "1207,1211,1214")))
    #expect(
      result.output == """
        4
        ["tag",{"add_tags":["tag-eu"],"connection_ids":[1204]},{"tag-eu":"EU"},{"tags":["tag-legacy"]}]
        [1204,"skipped","drifted: tags: [\\"tag-legacy\\"] → []"]
        [1207,"done",null]
        [1211,"done",null]
        [1214,"done",null]

        """)
  }

  // MARK: What goes wrong

  @Test func aLostAnswerIsReconciledByAList() async throws {
    let fault = SimulatorFault(on: .tag, play: .reset, applies: true)
    let (result, requests) = try await against([fault], Self.tag + Self.rows)
    #expect(requests == [Self.tags, Self.list, Self.added, Self.proof])
    #expect(
      result.output.contains(#"[1204,"done","the answer was lost; the list shows the change"]"#))
  }

  /// The call is idempotent, so it is sent again if the list doesn't show its effect.
  @Test(arguments: [FaultBehavior.reset, .empty])
  func aCallWithoutEffectIsSentAgain(_ play: FaultBehavior) async throws {
    let fault = SimulatorFault(on: .tag, play: play, applies: false)
    let (result, requests) = try await against([fault], Self.tag + Self.rows)
    #expect(
      requests == [Self.tags, Self.list, Self.added, Self.proof, Self.added, Self.proof])
    #expect(result.output.contains(#"[1204,"done",null]"#))
  }

  /// What was done isn't sent again by a resumed run.
  @Test func aResumedRunListsAndSendsOnlyTheRest() async throws {
    let faults = [
      SimulatorFault(on: .tag, play: .reset, applies: true),
      SimulatorFault(on: .list, nth: 2, play: .status(401)),
    ]
    let (result, requests) = try await against(
      faults, Self.tag + " > /dev/null; echo $?; conn resume --yes" + Self.rows)
    #expect(result.output.hasPrefix("3\n") || result.output.hasPrefix("9\n"))
    #expect(requests.count { $0.hasPrefix("POST") } == 1)
    #expect(requests.count { $0 == Self.tags } == 1)
    #expect(
      result.output.contains(#"[1204,"done","the answer was lost; the list shows the change"]"#))
  }

  /// A token that may do everything else is told in the row.
  @Test func aMissingPrivilegeIsNamedInTheRow() async throws {
    let fault = SimulatorFault(on: .tag, times: 9, play: .status(403))
    let (result, _) = try await against(
      [fault], "conn eval 'get 36 | update name = \"x\" | tag \"EU\"' --yes" + Self.rows)
    #expect(
      result.output == """
        [36,"failed","this token's API client role lacks the privilege for tags: Forbidden"]

        """)
  }

  /// `protect` may name titles; they cost the same one call.
  @Test func aProfileProtectsByTitle() async throws {
    let (result, requests) = try await against(
      """
      mkdir -p conn
      cat > conn/config.conn <<END
      profile "p" {
        host = "$WORKATO_HOST"
        token = secret("env:WORKATO_API_TOKEN")
        protect = tag_titles has "Legacy"
      }
      END
      XDG_CONFIG_HOME=$PWD conn eval --profile p 'get 1204, 36 | update name = "x"' --yes
      """)
    #expect(result.exitCode == 5, "\(result.errors)")
    #expect(result.errors.contains("protects 1 of the 2 connections"), "\(result.errors)")
    #expect(requests == [Self.tags, Self.list])
  }

  /// A token without the privilege is told which one it lacks, whatever form the refusal has.
  @Test(
    arguments: [Endpoint.tags, .tag],
    [FaultBehavior.status(401), .status(403), .signInPage])
  func aMissingPrivilegeIsNamed(_ endpoint: Endpoint, _ play: FaultBehavior) async throws {
    let fault = SimulatorFault(on: endpoint, times: 9, play: play)
    let (result, _) = try await against([fault], Self.tag)
    #expect([3, 9].contains(result.exitCode), "\(result.errors)")
    #expect(result.errors.contains("this token's API client role lacks the privilege for tags"))
  }
}
