import Foundation
import TestSupport
import Testing

/// `conn test`: what it finds, runs, reports and refuses.
@Suite struct TestCommandTests {
  private func run(_ files: [String: String], _ line: String) async throws -> Program.Result {
    try await ScriptTestFixture.run(files, line)
  }

  /// Runs the tests of ``script``.
  private func run(_ tests: String, _ line: String = "conn test") async throws -> Program.Result {
    try await run(
      ["a.conn": ScriptTestFixture.script, "a_test.conn": ScriptTestFixture.workspace + tests], line
    )
  }

  // MARK: Results

  @Test func testsThatPassAreOneLinePerFile() async throws {
    let result = try await run(
      """
      test "disconnects" {
        given = $workspace
        parameters = { tag: "x" }
        selection = [1, 2]
        rows = [{ id: 1, outcome: "done" }, { id: 2, reason: null }]
        calls = ["POST /api/connections/1/disconnect", 'POST /api/connections/2/disconnect { "force": true }']
        outcomes = { done: 2, failed: 0 }
        exit = 0
      }
      test "refuses" { given = $workspace; parameters = { tag: "x", most: 1 }; error = "too many"; exit = 5 }
      """)
    #expect(result.output == "ok     a_test.conn  2 tests\n2 tests in 1 file: 2 passed.\n")
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
  }

  @Test func differencesAreShownInOrder() async throws {
    let result = try await run(
      """
      test "all" {
        given = $workspace
        parameters = { tag: "x" }
        selection = [2, 1, 4]
        rows = [{ id: 1 }, { name: "B", outcome: "gone" }]
        calls = ['POST /api/connections/1/disconnect {"force":false}']
        outcomes = { done: 3 }
        exit = 5
        error = "few"
      }
      test "ends" { given = $workspace; parameters = { tag: "x", most: 1 }; outcomes = {} }
      """)
    #expect(
      result.output == """
        FAILED a_test.conn  2 of 2 tests
          line 5: all
            exit 5 expected, the run ended with exit 0
            selection: - expected, + actual
              - 2  B
                1  A
              - 4
              + 2  B
            rows: - expected, + actual
                {"id":1}
              - {"name":"B","outcome":"gone"}
              + {"name":"B","outcome":"done"}
            calls: - expected, + actual
              - POST /api/connections/1/disconnect {"force":false}
              + POST /api/connections/1/disconnect {"force":true}
              + POST /api/connections/2/disconnect {"force":true}
            outcomes: - expected, + actual
              - done: 3
              + done: 2
            error: - expected, + actual
              - few
          line 15: ends
            the run ended with exit 5: too many (a.conn:3:30)
        2 tests in 1 file: 0 passed, 2 failed.

        """)
    #expect(result.exitCode == 1)
  }

  /// Rejected writes are expected only by a test that counts outcomes.
  @Test func rejectedWritesFailATestThatDoesNotExpectThem() async throws {
    let tests = """
      let used = [{ id: 1, name: "A", authorization_status: "success", simulator: { active_recipes: 1 } }]
      test "counts" { given = $used; outcomes = { rejected: 1 } }
      test "selects" { given = $used; selection = [1] }
      """
    let result = try await run(
      ["a.conn": "get 1 | disconnect", "a_test.conn": tests], "COLUMNS=80 conn test")
    #expect(
      result.output.hasPrefix(
        """
        FAILED a_test.conn  1 of 2 tests
          line 3: selects
            the run ended with exit 1
            rejected (1): You can't disconnect a connection used by active recipes;
        """), "\(result.output)")
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(result.exitCode == 1)
  }

  @Test func mistakesInTheScriptFailTheTestAtTheirPlace() async throws {
    let result = try await run(
      ["d/a.conn": "list |\nwehre x", "d/a_test.conn": "test \"a\" { selection = [1] }"],
      "conn test d")
    #expect(
      result.output == """
        FAILED d/a_test.conn  1 of 1 test
          line 1: a
            error[C0102]: unknown stage `wehre`
              --> d/a.conn:2:1
               |
             2 | wehre x
               | ^^^^^ no such stage
               = help: did you mean `where`?
        1 test in 1 file: 0 passed, 1 failed.

        """)
    #expect(result.exitCode == 1)
  }

  @Test(arguments: [
    ("{ tga: \"x\" }", "unknown parameter `tga`"), ("{}", "the parameter `tag` has no value"),
    ("{ tag: \"x\", most: true }", "the parameter `most` must be an int"),
  ])
  func parametersAreChecked(_ parameters: String, _ message: String) async throws {
    let result = try await run("test \"a\" { parameters = \(parameters); selection = [] }")
    #expect(result.output.contains(": \(message)\n"), "\(result.output)")
    #expect(result.exitCode == 1)
  }

  @Test(arguments: [
    ("\"none.json\"", "none.json: file not found"), ("\"a.conn\"", "a.conn: is not valid JSON"),
    ("[{ name: \"A\" }]", "given: entry 1: has no \"id\""),
    ("[{ id: 1 }, { id: 1 }]", "given: entry 2: duplicate id 1"),
    ("{ connections: 1 }", "given: must contain a JSON array, not a number"),
  ])
  func invalidWorkspacesFailTheTest(_ given: String, _ message: String) async throws {
    let result = try await run(
      "test \"a\" { given = \(given); parameters = { tag: \"x\" }; selection = [] }")
    #expect(result.output.contains("    \(message)\n"), "\(result.output)")
    #expect(result.exitCode == 1)
  }

  @Test func rowsThatNeedNoChangeAreNoWrites() async throws {
    let result = try await run(
      [
        "a.conn": "get 1, 2 | update name = \"A\"",
        "a_test.conn": """
        test "a" {
          given = [{ id: 1, name: "A" }, { id: 2, name: "B" }]
          selection = [2]
          outcomes = { done: 1 }
          rows = [{ id: 1, outcome: "unchanged" }, { id: 2, outcome: "done" }]
        }
        """,
      ], "conn test")
    #expect(result.exitCode == 0, "\(result.output)")
  }

  @Test func rowsWithoutAnIDHaveNoSelection() async throws {
    let result = try await run(
      ["a.conn": "list | count", "a_test.conn": "test \"a\" { selection = [1] }"], "conn test")
    #expect(result.output.contains("    these rows have no id\n"), "\(result.output)")
  }

  // MARK: Files

  @Test func findsTestFilesBelowDirectories() async throws {
    let test = "test \"a\" { given = []; rows = [{ count: 0 }] }"
    let scripts = ["b/a.conn", "a.conn", ".hidden/a.conn", "b/c/d.conn"]
    var files: [String: String] = ["b/other.conn": "list"]
    for script in scripts {
      files[script] = "list | count"
      files[script.replacing(".conn", with: "_test.conn")] = test
    }
    let result = try await run(
      files, "ln -s . b/loop; conn test; cd b; conn test c a_test.conn c/d_test.conn ../b/c/")
    #expect(
      result.output == """
        ok     a_test.conn  1 test
        ok     b/a_test.conn  1 test
        ok     b/c/d_test.conn  1 test
        3 tests in 3 files: 3 passed.
        ok     ../b/c/d_test.conn  1 test
        ok     a_test.conn  1 test
        ok     c/d_test.conn  1 test
        3 tests in 3 files: 3 passed.

        """)
  }

  @Test func filesThatCannotBeUsedDoNotHideTheOthers() async throws {
    let result = try await run(
      [
        "a.conn": "list | count", "a_test.conn": "test \"a\" { rows = [{ count: 0 }] }",
        "b_test.conn": "test \"b\" { exit = 0 }", "c_test.conn": "test \"c\" { given = [] }",
        "d_test.conn": "# nothing yet",
      ], "conn test")
    #expect(
      result.output == """
        FAILED a_test.conn  1 of 1 test
          line 1: a
            rows: - expected, + actual
              - {"count":0}
              + {"count":58}
        error  b_test.conn
            there is no script `b.conn` for the tests in `b_test.conn`
            help: the tests of clean.conn are in clean_test.conn, in the same directory
        error  c_test.conn
            error[C0705]: the test "c" expects nothing
              --> c_test.conn:1:6
               |
             1 | test "c" { given = [] }
               |      ^^^ it could never fail
               = help: add one of selection, rows, calls, outcomes, exit, error
        error  d_test.conn
            error[C0708]: the test file has no tests
              --> d_test.conn:1:1
               |
             1 | # nothing yet
               | ^ no `test` in this file
               = help: add one: `test "name" { selection = [36] }`
        1 test in 4 files: 0 passed, 1 failed, 3 files couldn't be used.

        """)
    #expect(result.exitCode == 2)
  }

  @Test(arguments: [
    ("", "there are no test files below `.`"), ("empty", "there are no test files below `empty`"),
    ("a.conn", "`a.conn` is not a test file"), ("none_test.conn", "cannot read `none_test.conn`"),
    (". --junit a.conn", "`a.conn` exists and is not a JUnit report"),
  ])
  func wrongFilesAreUsageErrors(_ arguments: String, _ message: String) async throws {
    let result = try await run(
      ["a.conn": "list"], "mkdir empty; conn test \(arguments); code=$?; cat a.conn; exit $code")
    #expect(result.errors.hasPrefix("error: \(message)"), "\(result.errors)")
    #expect(result.output == "list")
    #expect(result.exitCode == 2)
  }

  @Test func testsAreNoScripts() async throws {
    let result = try await run("test \"a\" { exit = 0 }", "conn run a_test.conn --simulator")
    #expect(result.errors.contains("error[C0701]: `test` belongs in a test file\n"))
    #expect(result.exitCode == 2)
    let check = try await run("test \"a\" { exitt = 0 }", "conn check a_test.conn")
    #expect(check.errors.contains("error[C0703]: unknown setting `exitt`\n"))
  }
}
