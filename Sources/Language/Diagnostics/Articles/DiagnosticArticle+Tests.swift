/// Articles about test files.
extension DiagnosticArticle {
  static let tests: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0701", "test in a script",
      """
      Tests belong in a file beside the script: the tests of `clean.conn` are in
      `clean_test.conn`. A script is run against a workspace, and a test never is.
      Move the test to the test file and run `conn test`.
      """,
      wrong: """
        list | count
        test "counts" {
          rows = [{ count: 58 }]
        }
        """,
      right: """
        list | count
        """),
    .ofTests(
      "C0702", "statement in a test file",
      """
      A test file contains only `test`, and `let` for values that several tests share.
      The script under test is the file beside it; nothing else in a test file runs.
      Move the statement to a script.
      """,
      wrong: """
        print "hello"
        test "counts" {
          rows = [{ count: 58 }]
        }
        """,
      right: """
        let all = 58
        test "counts" {
          rows = [{ count: $all }]
        }
        """),
    .ofTests(
      "C0703", "unknown setting of a test",
      """
      Tests have no setting with this name. If unknown settings were ignored, a
      misspelt expectation would never fail. `conn help tests` lists the settings.
      """,
      wrong: """
        test "disconnects" {
          selction = [36]
        }
        """,
      right: """
        test "disconnects" {
          selection = [36]
        }
        """),
    .ofTests(
      "C0704", "setting of a test set twice",
      """
      A test can have each setting only once; otherwise one of the two values would be
      ignored. Remove one of them.
      """,
      wrong: """
        test "disconnects" {
          selection = [36]
          selection = [36, 37]
        }
        """,
      right: """
        test "disconnects" {
          selection = [36, 37]
        }
        """),
    .ofTests(
      "C0705", "test that expects nothing",
      """
      A test without an expectation passes whatever the script does. Say what the
      script must select, send or refuse: add `selection`, `rows`, `calls`,
      `outcomes`, `exit` or `error`.
      """,
      wrong: """
        test "disconnects" {
          parameters = { tag: "tag-legacy" }
        }
        """,
      right: """
        test "disconnects" {
          parameters = { tag: "tag-legacy" }
          selection = [1204, 1207]
        }
        """),
    .ofTests(
      "C0706", "two tests with the same name",
      """
      A report names each failed test, so the names in a file must differ. Rename one
      of the tests to say what it shows.
      """,
      wrong: """
        test "disconnects" {
          selection = [36]
        }
        test "disconnects" {
          outcomes = { done: 1 }
        }
        """,
      right: """
        test "selects one" {
          selection = [36]
        }
        test "disconnects" {
          outcomes = { done: 1 }
        }
        """),
    .ofTests(
      "C0707", "test without a name",
      """
      A report names each failed test, so a test needs a name. Say in a few words what
      the test shows.
      """,
      wrong: """
        test "" {
          selection = [36]
        }
        """,
      right: """
        test "disconnects" {
          selection = [36]
        }
        """),
    .ofTests(
      "C0708", "test file without tests",
      """
      The file is a test file, because its name ends in `_test.conn`, but it has no
      test. It would pass although nothing was tested. Add a test, or delete the file.
      """,
      wrong: """
        let all = 58
        """,
      right: """
        let all = 58
        test "counts" {
          rows = [{ count: $all }]
        }
        """),
    .ofTests(
      "C0709", "given that isn't a workspace",
      """
      `given` is the workspace that the script finds. Write its connections as a list
      of records, add tags with `{ connections: …, tags: … }`, or name a JSON file
      that holds the same.
      """,
      wrong: """
        test "disconnects" {
          given = 36
          selection = [36]
        }
        """,
      right: """
        test "disconnects" {
          given = [{ id: 36, name: "ACME" }]
          selection = [36]
        }
        """),
  ]
}
