import Foundation
import TestSupport
import Testing

/// Values in which a secret is masked are shown as such, never compared, and never written back.
@Suite struct MaskedValueTests {
  private static let sentinels = [
    Sentinel("token", "wrk-token/of+the.workspace", isToken: true),
    Sentinel("secret", "jira/secret \"1\""),
  ]

  /// Runs a line against a server that repeats the token, also in the name of connection 38.
  private func run(_ line: String) async throws -> (result: Program.Result, log: [String]) {
    let server = try EchoServer(Self.sentinels, echoes: true)
    defer { server.stop() }
    let desk = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: desk) }
    let result = try await Program.run(
      line.replacing("$RUN", with: "--yes --max-writes 9 --rate 50"), in: desk,
      environment: [
        "XDG_STATE_HOME": desk.path + "/state", "WORKATO_HOST": server.url,
        "WORKATO_API_TOKEN": Self.sentinels[0].text, "S": Self.sentinels[1].text,
      ])
    let log = server.log.map { String(decoding: $0.prefix { $0 != 13 }, as: UTF8.self) }
    return (result, log.map { String($0.prefix { $0 != "?" }.replacing(" HTTP/1.1", with: "")) })
  }

  @Test func showsThePlaceOfASecret() async throws {
    for format in ["json", "csv", "table", "markdown"] {
      let output = try await run("conn eval 'get 38 | select id, name' --output \(format)").result
        .output
      #expect(output.contains("‹secret env:WORKATO_API_TOKEN›"), "\(output)")
    }
    let result = try await run(
      "conn eval 'get 36 | update input = { a: secret(\"env:S\") } | show as json' $RUN"
    ).result
    #expect(result.exitCode == 0 && result.output.contains("‹secret env:S›"), "\(result.errors)")
  }

  @Test func masksLiteralsUnderCredentialNames() async throws {
    let result = try await run(
      "conn eval 'get 36 | update input = { password: \"jira/secret \\\"1\\\"\" } | show as json' $RUN"
    ).result
    #expect(result.exitCode == 0 && result.output.contains("‹hidden›"), "\(result.errors)")
    #expect(!result.output.contains("jira/secret"))
  }

  /// A filter over masked text would select other rows than the server's text.
  @Test(arguments: [
    "list where name contains \"x\" | update folder_id = 2",
    "list where folder_id == 1 | expect none name == \"x\" | disconnect",
    "list where raw.echo != null | disconnect",
    "for row in list where id > 1 { get $row.id | update external_id = $row.name }",
  ])
  func writesNothingThatDependsOnAMaskedValue(_ script: String) async throws {
    let (result, log) = try await run("conn eval '\(script)' $RUN")
    #expect(result.exitCode == 2, "\(result.errors)")
    #expect(result.errors.contains("holds a secret, so the script can't compare it"))
    #expect(log == ["GET /api/connections"])
    let preview = try await run("conn eval '\(script)' --preview").result
    #expect(preview.errors.contains("holds a secret, so the script can't compare it"))
  }

  @Test func reportsMayCompareMaskedValues() async throws {
    let result = try await run("conn eval 'list where name contains \"secret env\" | count'").result
    #expect(result.output == "{\"count\":1}\n", "\(result.errors)")
  }

  /// `name` isn't read, so it can be replaced, but not restored.
  @Test func recordsAMaskedValueAsRedacted() async throws {
    let line =
      "conn eval 'get 38 | update name = \"clean\"' $RUN; cat state/conn/runs/*/journal.jsonl"
    let (result, log) = try await run(line + "; conn undo $(ls state/conn/runs)")
    #expect(result.output.contains(#""name":{"redacted":true}"#), "\(result.errors)")
    #expect(result.errors.contains("name, which held a secret"), "\(result.errors)")
    #expect(log.filter { $0.hasPrefix("PUT") }.count == 1)
  }

  @Test func appliesNoPlanOverARedactedValue() async throws {
    let (result, log) = try await run(
      "conn plan --eval 'get 38 | update name = \"clean\"' -o p; conn apply p --yes; cat p")
    #expect(result.errors.contains("redacted"), "\(result.errors)")
    #expect(
      result.output.contains(#""redacted": true"#) || result.output.contains(#""redacted":true"#))
    #expect(!log.contains { $0.hasPrefix("PUT") })
  }

  @Test func sendsNoMask() async throws {
    let rows = #"[{"id": 36, "other": "‹secret env:X› (old)"}]"#
    let (result, log) = try await run(
      "echo '\(rows)' > rows.json; conn eval 'from \"rows.json\" | update name = other' $RUN;"
        + " conn eval 'from \"rows.json\" | update input = { a: other }' $RUN")
    #expect(result.exitCode == 5, "\(result.errors)")
    #expect(result.errors.contains("would become a text in which a secret is masked"))
    #expect(!log.contains { $0.hasPrefix("PUT") })
  }

  /// What a list masks couldn't be found again after a lost answer, and would be created twice.
  @Test(arguments: [
    #"create name = "x jira/secret \"1\"", provider = "jira", input = { a: secret("env:S") }"#,
    #"get 36 | update external_id = "jira%2Fsecret%20%221%22", input = { a: secret("env:S") }"#,
  ])
  func showsNoSecretInAWrite(_ script: String) async throws {
    let (result, log) = try await run("conn eval '\(script)' $RUN")
    #expect(result.exitCode == 5, "\(result.errors)")
    #expect(result.errors.contains("would show ‹secret env:S› outside of its credentials"))
    #expect(log.allSatisfy { $0.hasPrefix("GET") })
  }
}
