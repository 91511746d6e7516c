import Foundation
import Simulator
import TestSupport
import Testing

/// When the secrets of a script are read, and what a run keeps of their places.
@Suite struct ScriptSecretTests {
  /// The second write is planned only when the outcome of the first is known.
  private static func script(_ place: String) -> String {
    """
    let done = get 36 | update name = "first"
    if count($done) == 1 { get 37 | update input = { apitoken: secret("\(place)") } }

    """
  }

  // MARK: Before the first write

  @Test(arguments: [
    "env:CONN_MISSING", "file:missing", "cmd:false", "cmd:echo wrk-simulator", "prompt",
  ])
  func unreadableSecretOfALaterStatementStopsTheRunFirst(_ place: String) async throws {
    let fixture = try await WriteFixture(script: Self.script(place))
    for line in [WriteFixture.run, "conn eval \"$(cat script.conn)\" --yes --max-writes 9"] {
      let result = try await fixture.shell(line)
      #expect([2, 3].contains(result.exitCode), "\(result.errors)")
      expectEqual(await fixture.writes(), [])
      #expect(fixture.runs.isEmpty)
    }
    try await fixture.close()
  }

  /// Nobody needs the credentials to see what a script does.
  @Test(arguments: ["--dry-run", "--preview", "PLAN"])
  func rehearsalsReadNoSecret(_ mode: String) async throws {
    let fixture = try await WriteFixture(script: Self.script("cmd:touch read"))
    let line =
      mode == "PLAN" ? "conn plan script.conn -o p" : "conn run script.conn \(mode)"
    let result = try await fixture.shell("\(line); code=$?; ls read; exit $code")
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(!result.output.contains("\nread\n"))
    try await fixture.close()
  }

  @Test func readsEachSecretOnce() async throws {
    let place = "cmd:sh -c 'echo read >> log; echo hunter2'"
    let fixture = try await WriteFixture(
      script: Self.script(place) + "get 36 | update input = { apitoken: secret(\"\(place)\") }\n")
    let result = try await fixture.shell(
      "\(WriteFixture.run) > /dev/null; code=$?; cat log; exit $code")
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output == "read\n")
    expectEqual(await fixture.writes().count, 3)
    try await fixture.close()
  }

  @Test func resumedRunReadsAllSecretsFirst() async throws {
    let script = "get 37 | update folder_id = 28940\n" + Self.script("env:PW")
    let run = try await BrokenRun(
      "env PW=hunter2 " + WriteFixture.run, at: "c:2:before", writes: 0, script: script)
    let refused = try await run.fixture.shell(WriteFixture.resume)
    #expect(refused.exitCode == 3, "\(refused.errors)")
    #expect(refused.errors.contains("the variable `PW` is not set"), "\(refused.errors)")
    expectEqual(await run.fixture.writes(), [])
    let resumed = try await run.fixture.shell("PW=hunter2 " + WriteFixture.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await run.fixture.writes().count, 3)
    try await run.fixture.close()
  }

  // MARK: What is kept

  /// The place of a secret is kept with the text, so that the run can be resumed; the secret isn't.
  @Test(arguments: [
    "get 36, 37 | update input = { apitoken: secret(\"env:PW\") }",
    "let password = secret(\"env:PW\"); get 36, 37 | update input = { password: $password }",
    "def set() = update input = { a: [secret(\"env:PW\")] }; get 36, 37 | set()",
    "param pw: secret; get 36, 37 | update input = { password: $pw }\" \"pw=env:PW",
  ])
  func lineWithAReferenceIsResumed(_ text: String) async throws {
    let line = "bash -c 'exec conn eval \"$LINE\" $ARGUMENT --yes --rate 20'"
    let parts = text.components(separatedBy: "\" \"")
    let values = ["LINE": parts[0], "ARGUMENT": parts.count > 1 ? parts[1] : "", "PW": "hunter2"]
    let assigned = values.map { "\($0)='\($1)'" }.joined(separator: " ")
    let run = try await BrokenRun("env \(assigned) \(line)", at: "c:4:before", writes: 1)
    let kept = try await run.fixture.shell("cat state/conn/runs/*/script.conn")
    #expect(kept.output == parts[0])
    let left = try await run.fixture.shell("grep -rl hunter2 state")
    #expect(left.output.isEmpty)
    let resumed = try await run.fixture.shell("PW=hunter2 " + WriteFixture.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(Set(await run.fixture.writes()).count == 2)
    try await run.fixture.close()
  }

  /// A literal isn't kept, and that is said before the question.
  @Test(arguments: [
    "get 36 | update input = { apitoken: \"hunter2\" }",
    "get 36 | update input = { apitoken: secret(\"env:PW\"), user: \"hunter2\" }",
    "let a = \"hunter2\"; get 36 | update input = { a: [$a, secret(\"env:PW\")] }",
    "get 36 | update input = { a: secret(\"env:PW\") ?? \"hunter2\" }",
  ])
  func lineWithALiteralIsNotKept(_ text: String) async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      "PW=hunter3 conn eval '\(text)' --yes; grep -rl 'hunter\\|script.conn' state; ls state/conn/runs/*"
    )
    guard result.errors.contains("Done: 1 of 1 updated") else {
      return #expect(result.errors.contains("error[C02"), "\(result.errors)")
    }
    #expect(
      result.errors.contains(
        "This run can't be resumed if it is interrupted: its text isn't saved, because it holds a "
          + "credential.\n"), "\(result.errors)")
    #expect(result.output.hasSuffix("journal.jsonl\nlist-1.json\n"), "\(result.output)")
    try await fixture.close()
  }

  @Test func scriptsThatAreKeptAreNotWarnedAbout() async throws {
    let fixture = try await WriteFixture()
    for line in [
      WriteFixture.run, "conn eval --simulator --yes 'get 36 | update input = { a: \"b\" }'",
    ] {
      let result = try await fixture.shell(line)
      #expect(result.exitCode == 0 && !result.errors.contains("resume"), "\(result.errors)")
    }
    try await fixture.close()
  }

  // MARK: The token's file

  @Test func tokenFileIsSmallAndNoLink() async throws {
    let fixture = try await WriteFixture()
    let made = try await fixture.shell(
      """
      umask 077; printf %s "$WORKATO_API_TOKEN" > token; ln -s token link; ln -s nowhere broken
      head -c 16384 /dev/zero | tr '\\0' a > whole; head -c 16385 /dev/zero | tr '\\0' a > large
      """)
    #expect(made.exitCode == 0)
    let places = [
      ("token", 0, #"{"count":2}"#), ("link", 3, "error: `link` is a symbolic link"),
      ("broken", 3, "error: `broken` is a symbolic link"),
      ("large", 3, "error: `large` is larger than 16 KiB"), ("whole", 3, "rejected the token"),
    ]
    for (name, code, text) in places {
      let result = try await fixture.shell("conn eval 'list | count' --token-from file:\(name)")
      #expect(result.exitCode == code, "\(name): \(result.errors)")
      #expect((result.output + result.errors).contains(text), "\(name): \(result.errors)")
    }
    try await fixture.close()
  }

  /// Other secrets may be links, as in a container, and larger.
  @Test func secretFileMayBeALink() async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      """
      umask 077; head -c 20000 /dev/zero | tr '\\0' k > key; ln -s key link
      conn eval 'get 36 | update input = { key: secret("file:link") }' --yes
      """)
    #expect(result.exitCode == 0, "\(result.errors)")
    try await fixture.close()
  }
}
