import Evaluation
import Language
import Testing

/// A fix never changes more than what was typed.
@Suite struct FixGuardTests {
  /// Texts with a mistake in front of a write, in it or behind it.
  static let selections = [
    "list", "list all", "list where application = \"jira\"", "list where applicaton == \"jira\"",
    "list where application == jira", "list where name like \"a%\"", "list where tags has \"prdo\"",
    "list where not connected or folder_id == 1 and id > 3", "list where external_id != \"a\"",
    "list where external_id is not null", "list where id in (1, 2)", "list where name -ne \"x\"",
    "list where name !contains \"x\"", "list where tags has_all [\"x\"]", "list limit 3",
    "list | sort name | first 3", "list | first 3", "list | filter connected", "get 36 37",
    "list where created_at < 2024-01-01", "list where connected && id <> 3", "list with runtim",
    "list al", "list where status == \"failed\"", "list | select id name | where id == 1",
  ]

  static let writes = [
    "delete", "delte", "remove", "destroy", "rm", "disconnect", "disconnect forc",
    "disconnect --force", "disconect", "disconnect force", "untag \"a\"", "tags \"a\"",
    "update name == \"x\"", "set name = \"x\"", "update nme = \"x\"", "upsert name = \"x\"",
    "delete limit 3", "update name = \"x\" where id == 3", "disconnect force where id == 3",
    "create alway name = \"x\"", "insert name = \"x\"", "delete | count by application",
  ]

  static let texts = selections.flatMap { selection in
    writes.map { "\(selection) | \($0)" }
  }

  private static let writing = [
    "update", "create", "disconnect", "delete", "tag", "untag", "force", "always", "runtime",
  ]

  private static func writingWords(_ text: String) -> [String] {
    let words = text.split { !$0.isLetter && $0 != "_" }.map(String.init)
    return words.filter(writing.contains) + (text.contains("list all") ? ["list all"] : [])
  }

  private static func fixture() -> CheckFixture {
    CheckFixture(values: ["tags": ["prod": 14], "application": ["jira": 3]])
  }

  /// What `check --fix` applies, and what the prompt offers.
  @Test(arguments: [false, true])
  func fixesAddNoWrite(_ guessing: Bool) {
    var fixes = 0
    for text in Self.texts {
      let analysis = Self.fixture().analyze(text)
      let file = SourceFile(name: "test", text: text)
      let (bytes, count) = FixApplier.fixed(file, analysis.diagnostics, guessing: guessing)
      let fixed = String(decoding: bytes, as: UTF8.self)
      fixes += count
      var typed = Self.writingWords(text)
      for word in Self.writingWords(fixed) {
        let index = typed.firstIndex(of: word)
        #expect(index != nil, "\(text) → \(fixed)")
        if let index { typed.remove(at: index) }
      }
    }
    #expect(fixes > 100)
  }

  /// The literals of a condition choose the rows, so a fix doesn't replace them before a write.
  @Test(arguments: [
    "list where tags has \"prdo\"", "list where name like \"a%\"", "list where name -ne \"x\"",
    "list where name !contains \"x\"",
  ])
  func fixesSelectNoOtherRows(_ selection: String) {
    let fixes = { (text: String) in
      Self.fixture().analyze(text).diagnostics.filter { $0.code != "C0304" }.flatMap(\.fixes)
    }
    #expect(!fixes(selection).isEmpty)
    #expect(!fixes(selection + " | count").isEmpty)
    for write in ["delete", "disconnect", "update name = \"x\"", "retire()"] {
      #expect(fixes("\(selection) | \(write)").isEmpty)
    }
  }

  /// A fix keeps the bound of a script that could run as it is.
  @Test func fixesKeepTheBound() throws {
    for text in Self.texts {
      let analysis = Self.fixture().analyze(text)
      guard let before = analysis.script?.statements.first?.pipelines.first else { continue }
      for fix in analysis.diagnostics.flatMap(\.fixes) {
        let fixed = try #require(Self.applied(fix, to: text))
        let script = try #require(Self.fixture().analyze(fixed).script, "\(fixed)")
        let after = try #require(script.statements.first?.pipelines.first)
        #expect(after.selectionBound == before.selectionBound && after.effect == before.effect)
      }
    }
  }

  private static func applied(_ fix: Diagnostic.Fix, to text: String) -> String? {
    let diagnostic = Diagnostic("C0000", "", at: SourceSpan(0, 0), fix: fix)
    let file = SourceFile(name: "test", text: text)
    return String(
      decoding: FixApplier.fixed(file, [diagnostic], guessing: true).text, as: UTF8.self)
  }

  /// In SQL the condition follows the write. Behind a `|` it would come too late.
  @Test(arguments: [
    "list where connected | update name = \"x\" where id == 3",
    "list where connected | update input = {\n a: 1\n} where id == 3",
    "list where connected | tag \"a\" limit 3", "list where connected | delete where id == 3",
    "create name = \"x\", application = \"jira\" where id == 3",
  ])
  func aLateConditionHasNoFix(_ text: String) throws {
    let errors = CheckFixture().analyze(text).diagnostics.filter(\.isError)
    let found = try #require(errors.first)
    #expect(found.fixes.isEmpty)
    #expect(found.help.contains { $0.contains("before") || $0.contains("first") }, "\(found)")
  }

  /// Nothing filters the rows, so conn says what to write and leaves the line to the person.
  @Test func anUnfilteredWriteHasNoFix() throws {
    let found = try #require(CheckFixture().analyze("list | delete").diagnostics.first)
    #expect(found.code == "C0301")
    #expect(found.fixes.isEmpty)
    #expect(
      found.help == ["write `list where … | delete`, or `list all` if you mean every connection"])
  }
}
