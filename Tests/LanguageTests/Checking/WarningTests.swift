import Language
import Testing

/// Warnings, and the fixes of all diagnostics.
@Suite struct WarningTests {
  @Test(arguments: [
    ("list where true | count", ["C0303"]), ("list where connected or 1 == 1", ["C0303"]),
    ("list where not (name == null)", ["C0303"]), ("list where created_at != null", ["C0303"]),
    ("param all: bool = true\nlist where $all or connected", []),
    ("list where now() > @2026-01-01", []),
    ("list where authorization_status != \"success\" | delete", ["C0304"]),
    ("list where authorization_status != \"success\" | count", []),
    ("list where not (folder_id > 3) | delete", ["C0304"]),
    ("list where not (external_id in [\"a\"]) | delete", ["C0304"]),
    ("list where not (external_id not in [\"a\"]) | delete", []),
    ("list where external_id not in [\"a\"] | delete", ["C0304"]),
    ("list where external_id not in [\"a\"] | count", []),
    ("list where not (not (external_id not in [\"a\"])) | delete", ["C0304"]),
    ("list where connected and folder_id not in [1, null] | delete", ["C0304"]),
    ("list where external_id != null and external_id not in [\"a\"] | delete", []),
    ("list where external_id != null | where external_id not in [\"a\"] | delete", []),
    ("list where external_id == null or external_id not in [\"a\"] | delete", []),
    ("list where id not in [1] | delete", []),
    ("list where \"x\" not in tags | delete", []),
    ("list where raw.x not in [1] | delete", ["C0304"]),
    ("let rows = list where external_id not in [\"a\"]\n$rows | delete", ["C0304"]),
    ("for r in list where external_id not in [\"a\"] { get $r.id | delete }", ["C0304"]),
    ("list where not (external_id like \"a*\" or connected) | delete", ["C0304"]),
    ("list where not (external_id between \"a\" and \"b\") | delete", ["C0304"]),
    ("list where not (external_id matches \"a\") | delete", ["C0304"]),
    ("list where not (not (external_id == \"a\")) | delete", []),
    ("list where not (tags has \"x\") | delete", []),
    ("list where external_id != null and external_id != \"a\" | delete", []),
    ("list where external_id != null | where external_id != \"a\" | delete", []),
    ("list where (external_id ?? \"\") != \"a\" | delete", []),
    ("list where connected or name == \"x\" and id == 1 | delete", ["C0305"]),
    ("list where connected or (name == \"x\" and id == 1) | delete", []),
    ("list where connected or name == \"x\" and id == 1 | count", []),
    ("list | first 3 | delete", ["C0306"]), ("list | sort by id | first 3 | delete", []),
    ("list | first 3 | count", []), ("get 1, 2 | first 1 | delete", []),
    ("list where connected | skip 2 | delete", ["C0306"]),
    ("let rows = list | first 3\n$rows | delete", ["C0306"]),
    ("let rows = list where external_id != \"a\"\n$rows | delete", ["C0304"]),
    ("get 1 | update input = { apitoken: \"hunter2\" }", ["C0309"]),
    ("get 1 | update input = { deep: [{ \"API key\": \"hunter2\" }] }", ["C0309"]),
    ("get 1 | update input = { apitoken: secret(\"env:X\"), user: \"me\" }", []),
    ("let token = \"hunter2\"\nprint $token", ["C0309"]),
    ("let token = \"env:TOKEN\"\nprint $token", []),
    ("param token: string = \"hunter2\"\nprint $token", ["C0309"]),
    ("list where name like \"Prod%\"", ["C0310"]), ("list where name like \"*100%\"", []),
    ("get 36 | delete | create name = name, application = application", []),
    ("let gone = get 36 | delete\n$gone | disconnect", []),
    ("get 36 | disconnect | where outcome == \"rejected\" | disconnect force", ["C0313"]),
    ("let a = get 36 | disconnect\n$a | where outcome != \"done\" | disconnect force", ["C0313"]),
    (
      "let a = get 36 | disconnect\nlet b = $a | where connected and outcome in [\"failed\", "
        + "\"rejected\"] | select id, name\n$b | disconnect force", ["C0313"]
    ),
    ("get 36 | disconnect | where not (outcome == \"done\") | delete", ["C0313"]),
    ("get 36 | disconnect | where outcome not in [\"done\", \"gone\"] | delete", ["C0313"]),
    ("get 36 | disconnect | where outcome == \"done\" | delete", []),
    ("get 36 | disconnect | where outcome in [\"done\", \"rejected\"] | delete", []),
    ("get 36 | disconnect | where outcome != \"gone\" | delete", []),
    ("get 36 | disconnect | where outcome != \"done\" or connected | delete", []),
    (
      "let a = get 36 | disconnect\nfor r in $a | where outcome == \"rejected\" "
        + "{ get $r.id | disconnect force }", []
    ),
    ("let a = 1", ["C0119"]), ("param a: int = 1", ["C0119"]), ("def a() = count\nlist", ["C0119"]),
    ("def a() = count", []),
    ("def a(b: bool) = where $b or connected\nlist | a(true)", []),
    (
      "for r in list where external_id != \"a\" | first 2 { get $r.id | delete }",
      ["C0304", "C0306"]
    ),
    ("for r in list where external_id != \"a\" | first 2 { print $r.id }", []),
    ("list where raw.x != 1 | delete", ["C0304"]), ("list where not (\"x\" in tags) | delete", []),
    ("if 1 == 1 { print 1 }", ["C0303"]),
    ("def a(n: int) = count\nlist | a(1)", ["C0119"]), ("let _a = 1", []),
    ("let a = list", ["C0119"]), ("let a = 1\nlet b = $a\nprint $b", []),
    ("let a = list\nlist | diff $a", []), ("let a = list\nprint count($a)", []),
    ("def a() = where connected or name == \"x\" and id == 1\nlist | a() | delete", ["C0305"]),
    ("def a(n: int) = first $n\nlist | a(3) | delete", ["C0306"]),
  ])
  func reportsTheWarnings(_ text: String, _ expected: [String]) {
    let analysis = CheckFixture().analyze(text)
    #expect(analysis.diagnostics.map(\.code) == expected)
    #expect(analysis.script != nil)
  }

  @Test func warningsHideCredentials() {
    for text in [
      "let api_token = \"hunter2\"", "get 1 | update input = { user: 1, password: \"hunter2\" }",
      "get 1 | update input = { password: \"hunter2\u{200B}\" }",
      "get 1 | update input = { password: hunter2 }",
      "get 1 | update input = { password: @hunter2 }",
      "get 1 | update\n input =\n { pw: \"hunter2\" }", "let token = (\"hunter2\")",
      "def k(s: string) = update input = { pw: $s }\nget 1 | k(\"hunter2\")",
      "for s in [\"hunter2\"] { get 1 | update input = { pw: $s } }",
      "let s = \"hunter2\"\nget 1 | update input = { pw: { a: $s } }",
      "let token = { a: \"hunter2\" }",
      "let api_token = [\"hunter2\"]", "let token = f\"hunter2{1}\"",
      "param p: json = { password: \"hunter2\" }", "param api_token: string = \"hunter2\"",
    ] {
      #expect(!CheckFixture().rendered(text + "\nlist where nme == 1").contains("hunter2"))
    }
  }

  @Test func warnsOfValuesThatNoRowHas() {
    let fixture = CheckFixture(values: [
      "tags": ["prod": 14, "test": 2], "application": ["jira": 3],
    ])
    #expect(fixture.codes("list where tags has \"prdo\"") == ["C0118"])
    #expect(fixture.codes("list where application in [\"jira\", \"jra\"]") == ["C0118"])
    #expect(fixture.codes("list where application == \"jira\" and tags has any [\"test\"]") == [])
    #expect(fixture.codes("list where application contains \"jir\" and name == \"x\"") == [])
    #expect(
      fixture.rendered("list where tags has \"prdo\"") == """
        warning[C0118]: no connection has the tag "prdo"
          --> test:1:21
           |
         1 | list where tags has "prdo"
           |                     ^^^^^^ not in the known rows
           = help: 14 have "prod"

        """)
  }

  // MARK: Fixes

  /// What `check --fix` makes of a text: only what leaves nothing to decide.
  @Test(arguments: [
    (
      "list where application = \"jira\" && !connected",
      "list where application == \"jira\" and not connected"
    ),
    ("list where id in (1, 2)", "list where id in [1, 2]"),
    ("list | select(.connected)", "list | where(connected)"),
    ("list // all\nlist where name == “x”", "list # all\nlist where name == \"x\""),
    ("list where external_id is not null", "list where external_id != null"),
    ("list where application == jira", "list where application == \"jira\""),
    ("list | filter connected | limit 3", "list | where connected | first 3"),
    ("get 1 | update name == \"x\"", "get 1 | update name = \"x\""),
    ("list where len(name) > 3", "list where length(name) > 3"),
    ("x = 1\nprint $x", "let x = 1\nprint $x"), ("echo 1", "print 1"),
    ("def a() = count\nlist | a", "def a() = count\nlist | a()"),
    ("let a = 1\nlist", "list"), ("let a = list where connected", "let a = list where connected"),
    ("let a = 1; list", "list"), ("list | remove", "list | remove"),
    ("list where id is 5", "list where id == 5"),
    ("list where id NOT IN (1, 2)", "list where id not in [1, 2]"),
    (
      "list where id BETWEEN 1 AND 5 OR name STARTS WITH \"a\"",
      "list where id between 1 and 5 or name starts with \"a\""
    ),
    (
      "def f(p: string) = where name like $p\nlist | f(\"a%\")",
      "def f(p: string) = where name like $p\nlist | f(\"a%\")"
    ),
    (
      "list where connected or name == \"x\" and id == 1 | delete",
      "list where connected or (name == \"x\" and id == 1) | delete"
    ),
    ("list where name like \"a%\"", "list where name like \"a%\""),
    ("let a = [ # one\n 1]\nlist", "let a = [ # one\n 1]\nlist"),
    // What would choose for a person stays.
    ("list | delete", "list | delete"), ("list where nme == 1", "list where nme == 1"),
    ("list where external_id != \"a\" | delete", "list where external_id != \"a\" | delete"),
    ("list | first 3 | delete", "list | first 3 | delete"),
  ])
  func appliesFixes(_ text: String, _ expected: String) {
    var mended = text
    for _ in 0..<5 {
      let analysis = CheckFixture().analyze(mended)
      let file = SourceFile(name: "test", text: mended)
      mended = String(decoding: FixApplier.fixed(file, analysis.diagnostics).text, as: UTF8.self)
    }
    #expect(mended == expected)
  }

  @Test func saysWhatToWriteInsteadOfNotIn() throws {
    let text = "list where connected and external_id not in [\"a\"] | delete"
    let warning = try #require(CheckFixture().analyze(text).diagnostics.first)
    #expect(
      warning.help == [
        "exclude them: `(external_id != null and external_id not in […])`",
        "or include them explicitly: `(external_id == null or external_id not in […])`",
      ])
    #expect(
      warning.fixes.map { $0.edits.map(\.replacement) } == [
        ["(external_id != null and ", ")"], ["(external_id == null or ", ")"],
      ])
  }

  /// Both ways to settle a negated comparison are offered, and neither is taken.
  @Test func offersBothFixesOfANegatedNullable() throws {
    let analysis = CheckFixture().analyze("list where not (folder_id > 3) | delete")
    let fixes = try #require(analysis.diagnostics.first?.fixes)
    #expect(fixes.count == 2)
    #expect(fixes[0].edits.map(\.replacement) == ["(folder_id != null and ", ")"])
    #expect(fixes[1].edits.map(\.replacement) == ["(folder_id == null or ", ")"])
  }
}
