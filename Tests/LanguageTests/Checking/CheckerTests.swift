import Language
import Testing

@Suite struct CheckerTests {
  private func analyze(_ text: String, _ arguments: [String] = []) -> Analysis {
    CheckFixture(isWhole: false).analyze(text, arguments)
  }

  private func codes(_ text: String, _ arguments: [String] = []) -> [String] {
    analyze(text, arguments).diagnostics.map(\.code)
  }

  @Test(arguments: [
    ("list where nme == \"x\"", "C0103"), ("list | select id | where name == \"x\"", "C0103"),
    ("list where input == null", "C0104"), ("get 1 | update description = \"x\"", "C0105"),
    ("get 1 | update provider = \"x\"", "C0105"), ("list | select id, id", "C0107"),
    ("let a = 1\nlet a = 2", "C0108"), ("it | count", "C0109"), ("let a = foo", "C0110"),
    ("list where name == $nope", "C0111"), ("list where lowr(name) == \"x\"", "C0112"),
    ("list where application == jira", "C0113"), ("list where lower(id) == \"x\"", "C0201"),
    ("param p: int = \"x\"", "C0201"), ("get \"36\"", "C0201"), ("list where name", "C0202"),
    ("let a = 1\n$a | count", "C0203"), ("list | first -1", "C0204"),
    ("list where tags == \"x\"", "C0206"), ("list where id < \"x\"", "C0206"),
    ("list where name has \"x\"", "C0206"), ("list | sort by tags", "C0207"),
    ("list | group by id with max(tags)", "C0207"),
    ("list | group by application, application", "C0107"), ("print secret(\"env:X\")", "C0205"),
    ("list where id == 1 | group by id | delete", "C0302"),
    ("get 1 | update name = external_id", "C0208"), ("list where name.first == 1", "C0209"),
    ("list where lower() == \"x\"", "C0210"), ("list where name matches external_id", "C0211"),
    ("list where name + \"x\" == \"y\"", "C0212"), ("list where name matches \"(\"", "C0213"),
    ("get 36 | delete | disconnect", "C0312"), ("get 36 | delete | select id | delete", "C0312"),
    ("get 36 | update name = \"x\" | lookup by id", "C0311"),
    ("list | delete", "C0301"), ("list | delete | where outcome != \"done\"", "C0301"),
    ("list | delete | count", "C0301"), ("let r = list\n$r | delete | first 1", "C0301"),
    ("list | sort by id | update name = \"x\"", "C0301"),
    ("list where id == 1 | count | delete", "C0302"), ("from \"rows.csv\" | delete", "C0302"),
    ((1...101).reduce("let a0 = [1]") { "\($0)\nlet a\($1) = [$a\($1 - 1)]" }, "C0052"),
    ("from \"gone.csv\"", "C0502"), ("list | save \"rows.txt\"", "C0503"),
    ("let s = secret(\"env:X\")\nlist where name == $s", "C0205"),
    ("list | select x = secret(\"env:X\")", "C0205"),
    ("list | select x = [secret(\"env:X\")]", "C0205"),
    ("get 1 | update external_id = f\"{[secret(\"env:A\")]}\"", "C0205"),
    ("let a = list where id == 1\nlet b = $a", "C0203"),
    ("list | chart", "C0217"), ("list | select name, folder_id | chart", "C0217"),
    ("list | group by name with max(updated_at) | chart", "C0217"),
    ("let f = lower(\"a.json\")\nfrom $f", "C0501"), ("let f = f\"{secret(\"env:X\")}\"", "C0205"),
  ])
  func reportsTheCode(_ text: String, _ expected: String) {
    #expect(codes(text) == [expected])
  }

  @Test(arguments: [
    "list all | disconnect", "list | sort by id | first 3 | disconnect", "get 36 | delete",
    "list where updated_at > ago(90d) and tags has \"x\"", "list where raw.anything == 3",
    "list | select id, n = lower(name) | where n contains \"x\" | delete",
    "get 1 | disconnect | where outcome != \"done\" | select id, reason",
    "get 1 | update input = { token: secret(\"env:X\"), deep: [{ a: 1 }] }",
    "from \"rows.csv\" | create name = owner, application = \"jira\"",
    "let rows = list where connected\n$rows | where id > 3 | disconnect",
    "let rows = list | select id, name\nlet n = count($rows)\nlist | first $n",
    "list | where provider == \"jira\" | select provider", "list | count\nit | select count",
    "list where external_id ?? \"x\" == \"y\"", "list where id == 1 and not empty(null)",
    "get 1 | update folder_id = null, external_id = null",
    "list where external_id != null | update name = external_id",
    "list | group by application | chart", "list | select name, n = length(name) | chart",
    "list where external_id in [\"a\"] or external_id like \"b*\" | update name = external_id",
    "list | select id\nlist | diff it",
    "for x in [\"a\", \"b\"] { list where name == $x | delete }",
    "for row in list where connected { get $row.id | update name = $row.name }",
    "param token: string = \"env:X\"\nget 1 | update input = { t: secret($token) }",
  ])
  func acceptsValidScripts(_ text: String) {
    let analysis = analyze(text)
    #expect(DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics) == "")
  }

  @Test func reportsAllIndependentErrors() {
    let text = "list where nme == \"x\" and lowr(name) == \"y\" | frist 3 | where bad == 1\nlst"
    #expect(codes(text) == ["C0103", "C0112", "C0102", "C0101"])
  }

  @Test(arguments: [
    ("list | select | where anything == 1 | sort by more", ["C0050"]),
    ("let x = 3mo\nlist | first $x", ["C0009"]), ("let x = 1 +\nprint $x", ["C0050"]),
    ("param a: text = 3\nprint $a", ["C0106"]),
    ("def a(x: text) = first $x\nlist | a(3)", ["C0106"]),
    ("list where name ~ \"x\" | count", ["C0058"]), ("print f\"{1", ["C0003"]),
    ("let x = nme\nlist where name == $x", ["C0110"]),
    ("for x in (1 { print $x }", ["C0051"]), ("if ( { print 1 }", ["C0050"]),
  ])
  func doesNotReportConsequentialErrors(_ text: String, _ expected: [String]) {
    #expect(codes(text) == expected)
  }

  @Test func doesNotRepeatVeryLongNames() {
    let name = String(repeating: "a", count: 1 << 20)
    for text in ["list where \(name) == 1", "list | \(name)", "\(name)", "print $\(name)"] {
      let analysis = analyze(text)
      let rendered = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
      #expect(analysis.diagnostics.count == 1)
      #expect(rendered.utf8.count < 5_000)
    }
  }

  @Test func reportsTwentyErrorsAtMost() {
    let text = (0..<50).map { "list where bad\($0) == 1" }.joined(separator: "\n")
    #expect(codes(text).count == 20)
  }

  @Test(arguments: [
    ("get 1, 2 | delete", Effect.destructive, RowBound.atMost(2)),
    ("list | count", .read, .atMost(1)), ("list | first 5 | first 3", .read, .atMost(3)),
    ("list where connected | expect count < 4 | disconnect | count", .destructive, .atMost(3)),
    ("list where connected | update name = \"x\"", .write, .unbounded),
    ("get 1 | update input = {}", .reauth, .atMost(1)),
    ("create name = \"x\"", .write, .atMost(1)),
  ])
  func determinesEffectAndBound(_ text: String, _ effect: Effect, _ bound: RowBound) throws {
    let pipeline = try #require(analyze(text).script?.statements.first?.pipelines.first)
    #expect(pipeline.effect == effect)
    #expect(pipeline.selectionBound == bound)
  }

  @Test func errorsHideCredentials() {
    for text in [
      "get 36 | update nmae = \"x\", input = { apitoken: \"hunter2\", n: 1 }",
      "get 36 | update input = { apitoken: \"hunter2\" oops",
      "create oauth_token_pair = { access_token: \"hunter2\" }, nmae = 1",
    ] {
      let analysis = analyze(text)
      let rendered = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
      #expect(analysis.script == nil)
      #expect(!rendered.contains("hunter2"))
      #expect(rendered.contains("*********"))
    }
  }

  // MARK: Parameters

  @Test(
    arguments: [
      ("param n: int\nlist | first $n", ["n=3"], []), ("param n: int", [], ["C0405"]),
      ("param n: int\nparam m: int", [], ["C0405", "C0405"]), ("param n: int", ["n=x"], ["C0404"]),
      ("param tag: string = \"x\"", ["tga=y"], ["C0402"]), ("list", ["x"], ["C0401"]),
      ("param n: int", ["n=1", "n=2"], ["C0403"]), ("param d: duration", ["d=90d"], []),
      ("param t: timestamp", ["t=2026-01-31T10:00:00Z"], []), ("param b: bool", ["b=true"], []),
      ("param d: duration", ["d=90"], ["C0404"]), ("param t: timestamp", ["t=soon"], ["C0404"]),
      ("param n: int\nlist | expect count <= $n | count", ["n=4"], []),
    ] as [(String, [String], [String])])
  func checksParameters(_ text: String, _ arguments: [String], _ expected: [String]) {
    #expect(codes(text, arguments) == expected)
  }

  @Test func parameterBoundsRows() throws {
    let analysis = analyze(
      "param n: int\nlist where connected | expect count <= $n | disconnect", ["n=4"])
    #expect(analysis.script?.statements.first?.pipelines.first?.selectionBound == .atMost(4))
  }
}
