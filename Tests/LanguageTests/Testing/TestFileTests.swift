import Evaluation
import Language
import Testing

/// Test files: what may be in them, and what a test may say.
@Suite struct TestFileTests {
  @Test func testsAndSharedValuesAreAccepted() {
    let file = TestFileFixture.analyze(
      """
      let rows = [{ id: 1, tags: ["a"] }, { id: 2, tags: null }]
      test "one" { given = $rows; selection = [1]; now = @2026-01-31 }
      test "two" {
        given = { connections: $rows, tags: [{ handle: "a" }] }
        error = f"{1 + 1} rows"
      }
      """
    ).file
    #expect(file?.constants.map(\.name) == ["rows"])
    #expect(file?.tests.map(\.name) == ["one", "two"])
    #expect(
      file?.tests.first?.settings.keys.map(\.rawValue).sorted() == ["given", "now", "selection"])
  }

  @Test(arguments: [
    ("list | count\ntest \"a\" { exit = 5 }", ["C0702"]),
    ("let x = list | count\ntest \"a\" { exit = 5 }", ["C0702"]),
    ("param x: int\ntest \"a\" { exit = 5 }", ["C0702"]),
    ("profile \"a\" { region = \"eu\" }\ntest \"a\" { exit = 5 }", ["C0702"]),
    ("test \"a\" { exitt = 5 }", ["C0703"]), ("test \"a\" { exit = 5; exit = 5 }", ["C0704"]),
    ("test \"a\" {}", ["C0705"]), ("test \"a\" { given = [] }", ["C0705"]),
    ("test \"a\" { exit = 5 }; test \"a\" { exit = 4 }", ["C0706"]),
    ("test \" \" { exit = 5 }", ["C0707"]), ("", ["C0708"]), ("# nothing", ["C0708"]),
    ("test \"a\" { given = 36; exit = 5 }", ["C0709"]),
    ("test \"a\" { exit = \"5\" }", ["C0201"]), ("test \"a\" { selection = 36 }", ["C0201"]),
    ("test \"a\" { selection = [\"36\"] }", ["C0201"]), ("test \"a\" { rows = {} }", ["C0201"]),
    ("test \"a\" { calls = [36] }", ["C0201"]), ("test \"a\" { now = \"x\"; exit = 0 }", ["C0201"]),
    ("test \"a\" { selection = $x }", ["C0111"]), ("test \"a\" { selection = [1", ["C0051"]),
    ("test a { selection = [1] }", ["C0050"]), ("test \"a\" { selection [1] }", ["C0050"]),
    ("test \"a\" {\n exit = 0\ntest \"b\" {\n exit = 0\n}", ["C0051"]),
  ])
  func mistakesAreReported(_ text: String, _ codes: [String]) {
    let analysis = TestFileFixture.analyze(text)
    #expect(analysis.diagnostics.map(\.code) == codes, "\(TestFileFixture.rendered(text))")
    #expect(analysis.file == nil)
  }

  @Test func aFileIsATestFileByItsNameOrItsTests() {
    let cases = [
      ("clean_test.conn", "", true), ("clean.conn", "test \"a\" {}", true),
      ("clean.conn", "list", false), ("test.conn", "list", false),
    ]
    for (name, text, expected) in cases {
      let input = Analysis.Input(name: name, bytes: Array(text.utf8))
      #expect(TestFileAnalysis.isMeant(by: input, vocabulary: .standard) == expected)
    }
  }

  @Test func testsAreFormattedLikeProfiles() {
    #expect(
      FormatterTests.format("test   \"a\" {exit=5 # why\n;error   = \"x\"}")
        == "test \"a\" {\n  exit = 5  # why\n  error = \"x\"\n}\n")
    #expect(FormatterTests.format("test \"a\" { }") == "test \"a\" {}\n")
  }

  @Test func everySettingHasAValidExample() {
    for setting in TestSetting.table {
      let line = "\(setting.name) = \(setting.example)"
      let other = setting.name == "exit" ? "error = \"x\"" : "exit = 5"
      #expect(TestFileFixture.rendered("test \"a\" {\n  \(line)\n  \(other)\n}") == "", "\(line)")
    }
    #expect(TestSetting.table.map(\.key) == TestSetting.Key.allCases)
  }
}
