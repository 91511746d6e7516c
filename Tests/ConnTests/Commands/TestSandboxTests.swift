import Foundation
import Simulator
import TestSupport
import Testing

/// A script under test reaches nothing outside of its test, and takes no time.
@Suite struct TestSandboxTests {
  private func run(_ script: String, _ tests: String, _ line: String) async throws
    -> Program.Result
  {
    try await ScriptTestFixture.run(["a.conn": script, "a_test.conn": tests], line)
  }

  /// No command is run, no secret is read, and no file is written.
  @Test func nothingOutsideIsTouched() async throws {
    let server = try await SimulatedServer.start()
    let result = try await run(
      """
      get 1, 2
      | update input = {
        a: secret("cmd:touch ran"), b: secret("file:secret"), c: secret("env:S"), d: secret("prompt"),
      }
      | save "saved.json"
      list | save "saved.json" | count
      """,
      """
      test "updates" {
        given = [{ id: 1, name: "A" }, { id: 2, name: "B" }]
        selection = [1, 2]
        rows = [{ count: 2 }]
        calls = [
          'PUT /api/connections/1 {"input":{"a":"‹secret cmd:touch ran›","b":"‹secret file:secret›","c":"‹secret env:S›","d":"‹secret prompt›"}}',
          "PUT /api/connections/2",
        ]
      }
      """,
      """
      export XDG_STATE_HOME=$PWD/state XDG_CONFIG_HOME=$PWD/config S=hunter2
      export WORKATO_HOST=\(server.url) WORKATO_API_TOKEN=\(server.token)
      mkfifo secret; conn test; ls
      """)
    #expect(
      result.output == """
        ok     a_test.conn  1 test
        1 test in 1 file: 1 passed.
        a.conn
        a_test.conn
        secret

        """, "\(result.errors)")
    try await server.stop()
    #expect(await server.requests().isEmpty)
  }

  /// Literals in `input` are hidden, as everywhere.
  @Test func credentialsAreHiddenInDifferences() async throws {
    let result = try await run(
      "get 1 | update input = { password: \"hunter2-hunter2\", user: \"me@acme\" }",
      """
      test "a" { given = [{ id: 1, name: "hunter2-hunter2" }]; calls = ['PUT /api/connections/1 {}']; selection = [] }
      """, "conn test --junit r.xml; cat r.xml")
    #expect(result.output.contains(#"{"input":{"password":"‹hidden›","user":"‹hidden›"#))
    #expect(!result.output.contains("hunter2") && !result.output.contains("me@acme"))
  }

  /// A line that is broken or cut hides no part of a literal.
  @Test(arguments: 50..<80)
  func noBreakRevealsACredential(_ width: Int) async throws {
    let name = String(repeating: "x", count: width) + "hunter2-hunter2"
    let result = try await run(
      "get 1 | update input = { password: \"hunter2-hunter2\" }",
      "test \"a\" { given = [{ id: 1, name: \"\(name)\" }]; selection = []; rows = [] }",
      "conn test --junit r.xml; cat r.xml")
    #expect(result.output.contains("‹hidden›"))
    #expect(!result.output.contains("hunt") && !result.output.contains("ter2"))
  }

  /// Two credentials look the same in a report, but a test tells them apart.
  @Test func hiddenValuesThatDifferFailTheTest() async throws {
    let result = try await run(
      "get 1 | update input = { password: \"hunter2-hunter2\", secret: \"hunter3-hunter3\" }",
      """
      let workspace = [{ id: 1, name: "hunter2-hunter2" }]
      test "same" { given = $workspace; rows = [{ name: "hunter2-hunter2" }] }
      test "other" { given = $workspace; rows = [{ name: "hunter3-hunter3" }] }
      """, "conn test")
    #expect(
      result.output.hasSuffix(
        """
          line 3: other
            rows: only hidden values differ
        2 tests in 1 file: 1 passed, 1 failed.

        """), "\(result.output)")
  }

  @Test func onlyTheTestsVariablesAreVisible() async throws {
    let result = try await run(
      "print env(\"OWNER\")\nlist where name == env(\"OWNER\")",
      """
      let workspace = [{ id: 1, name: "A" }]
      test "given" { given = $workspace; environment = { OWNER: "A" }; selection = [1] }
      test "not given" { given = $workspace; error = "the environment variable `OWNER` is not set" }
      """, "OWNER=B conn test")
    #expect(result.output.hasSuffix("2 tests in 1 file: 2 passed.\n"), "\(result.output)")
  }

  /// A saved file of the same name on the machine changes no test, and stdin is never read.
  @Test func filesAndStdinOfTheMachineDoNotMatter() async throws {
    let result = try await run(
      "param f: string\nlist | save \"out.csv\" | count\nfrom $f as csv | count",
      """
      test "own file" { given = []; parameters = { f: "ids.csv" }; rows = [{ count: 1 }] }
      test "stdin" { given = []; parameters = { f: "-" }; error = "a test has no stdin" }
      """, "echo precious > out.csv; printf 'id\\n7\\n' > ids.csv; echo id | conn test; cat out.csv"
    )
    #expect(result.output.hasSuffix("2 tests in 1 file: 2 passed.\nprecious\n"), "\(result.output)")
  }

  /// The clock stands still unless the run waits; with a real one, 300 writes take 299 s.
  @Test func timeIsSimulated() async throws {
    let start = ContinuousClock.now
    let result = try await run(
      "print now()\nlist where updated_at < ago(1d) | expect count <= 300 | disconnect\nlist where updated_at >= today() | count",
      """
      test "default" { given = "rows.json"; outcomes = { done: 300 }; rows = [{ count: 300 }] }
      test "earlier" { given = "rows.json"; now = @2025-12-30T12:00:00Z; calls = [] }
      """,
      #"""
      jq -n '[range(1; 301) | { id: ., name: "n", authorization_status: "success",
        updated_at: "2025-12-30T00:00:00Z" }]' > rows.json
      conn test
      """#)
    #expect(result.output.hasSuffix("2 tests in 1 file: 2 passed.\n"), "\(result.output)")
    #expect(ContinuousClock.now - start < .seconds(299))
  }

  /// A difference of any size is short, and is found in reasonable time.
  @Test func hugeWorkspacesAreFine() async throws {
    let result = try await run(
      "list where id > 10",
      "test \"all\" { given = \"rows.json\"; selection = [1] }\ntest \"none\" { given = \"rows.json\"; calls = [] }",
      #"jq -n '[range(1; 50001) | { id: ., name: "connection \(.)" }]' > rows.json; conn test"#)
    #expect(result.output.contains("      … 49951 more lines\n"), "\(result.output)")
    #expect(result.output.split(separator: "\n").count < 60)
    #expect(result.exitCode == 1)
  }

  @Test func ctrlCEndsTheTests() async throws {
    let result = try await run(
      "list | count", "",
      """
      export CONN_PROCESS=1; rm a_test.conn; mkfifo a_test.conn; sleep 30 > a_test.conn & writer=$!
      timeout --preserve-status -s INT 1 conn test --junit r.xml; code=$?; kill $writer; ls; exit $code
      """)
    #expect(result.exitCode == 130)
    #expect(!result.output.contains("r.xml"))
  }
}
