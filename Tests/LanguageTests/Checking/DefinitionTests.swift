import Language
import Testing

/// `def`, `use`, `for` and `if` in the checker.
@Suite struct DefinitionTests {
  @Test(arguments: [
    "def retire(tag: string) = where tags has $tag | disconnect force\nlist | retire(\"x\")",
    "def few(n: int) = expect count <= $n\ndef go() = few(3) | delete\nlist where connected | go()",
    "param n: int = 3\ndef few() = first $n\nlist | few() | count",
    "def named(text: string) = where name contains $text or f\"{$text}!\" == name\nlist | named(\"a\")",
    "def keyed(place: string) = update input = { t: secret($place) }\nget 1 | keyed(\"env:X\")",
    "def stored(file: string) = save $file\nlist | stored(\"a.csv\")",
    "def since(before: rows) = diff $before | where count($before) > 0\nlet a = list\nlist | since($a)",
    "if now() < @2026-01-31 { print 1 } else if today() == now() { print 2 } else { print 3 }",
    "for x in [1, 2] { let y = $x + 1\nprint $y }\nfor x in [\"a\"] { print $x }",
    "let rows = list where connected\nfor row in $rows { print f\"{$row.id} {$row.tags}\" }",
  ])
  func acceptsValidDefinitions(_ text: String) {
    #expect(CheckFixture().rendered(text) == "")
  }

  @Test(arguments: [
    ("def a(n: int) = first $m\nlist | a(1)", ["C0111"]),
    ("def _a(n: string) = first $n", ["C0201"]),
    ("def a() = where nme == \"x\"\nlist | a()", ["C0103"]),
    ("def a() = where name == \"x\"\nlist | select id | a()", ["C0103"]),
    ("def a(n: int) = first $n\nlist | a(\"x\")", ["C0201"]),
    ("def a(n: int) = first $n\nlist | a()", ["C0210"]),
    ("def a() = count\ndef a() = count\nlist | a()", ["C0108"]),
    ("def a() = a()\nlist | a()", ["C0117"]),
    ("def a() = b()\ndef b() = count\nlist | a()", ["C0117"]),
    ("list | a()\ndef a() = count", ["C0117"]),
    ("list | nope()", ["C0102"]), ("def _a(x: int, x: int) = first $x", ["C0107"]),
    ("def _a() = diff it", ["C0109"]),
    ("if 1 { print 1 }", ["C0201"]), ("for x in 3 { print $x }", ["C0214"]),
    ("if true { param _x: int }", ["C0303", "C0116"]),
    ("for x in [1] { def _a() = count }", ["C0116"]),
    ("for x in [1] { let y = $x }\nprint $y", ["C0111"]),
    ("for row in list { print $row }", ["C0203"]),
    ("for row in list { print $row.nme }", ["C0103"]),
    ("let x = 1\nfor x in [1] { print $x }\nprint $x", ["C0108"]),
    ("list | select name\nlist | diff it", ["C0215"]),
    ("list | group by name | diff from \"rows.csv\"", ["C0215"]),
    ("for x in list { get $x.id | delete }", ["C0301"]),
    ("for x in [1] { param y: int = 1\nprint $y }", ["C0116"]),
    ("for x in [1] { use \"a.conn\"\nlist | a() }", ["C0116"]),
    ("let few = 3\ndef few() = first $few\nlist | few()", []),
    ("let xs = [\"a\", null]\nfor x in $xs { get 36 | update name = $x }", ["C0208"]),
    ("let xs = [\"a\"]\nfor x in $xs { get 36 | update name = $x }", []),
    (
      "def keyed(p: string) = update input = { t: secret($p) }\nfor p in [\"env:A\"] { get 1 | keyed($p) }",
      ["C0211"]
    ),
    (
      "def keyed(p: string) = update input = { t: secret($p) }\nparam at: string = \"env:A\"\nget 1 | keyed($at)",
      []
    ),
    (
      "list where external_id != null | update external_id = null | update name = external_id",
      ["C0208"]
    ),
    ("for x in list { print $x.id }", []), ("param x: rows\nlist | diff $x", ["C0216"]),
    ("def _a(x: rows) = where name == $x", ["C0203"]),
    ("def a(x: rows) = diff $x\nlist | a(1)", ["C0201"]),
    ("def a(x: int) = first $x\nlet b = list\nlist | a($b)", ["C0201"]),
  ])
  func reportsTheCodes(_ text: String, _ expected: [String]) {
    #expect(CheckFixture().codes(text) == expected)
  }

  /// An error in a definition's stages names the stages and the call.
  @Test func errorsPointAtCallAndDefinition() {
    let text = "def named() = where name == \"x\"\nlist | select id | named()"
    #expect(
      CheckFixture().rendered(text) == """
        error[C0103]: unknown field `name`
          --> test:1:21
           |
         1 | def named() = where name == "x"
           |                     ^^^^ dropped by an earlier stage
          --> test:2:20
           |
         2 | list | select id | named()
           |                    ^^^^^ called here
           = help: keep `name` in the earlier `select`

        """)
  }

  /// A definition's names are those of the place where it stands, whatever its caller binds.
  @Test func definitionsAreHygienic() {
    let text = """
      def wanted() = where name == $later
      let later = "x"
      list where name == $later | wanted()
      """
    #expect(CheckFixture().codes(text) == ["C0111"])
  }

  @Test func stopsExponentialDefinitions() {
    let doubling = (1..<40).map { "def d\($0)() = d\($0 - 1)() | d\($0 - 1)()" }
    let text = (["def d0() = first 3"] + doubling + ["list | d39()"]).joined(separator: "\n")
    #expect(CheckFixture().codes(text) == ["C0307"])
    #expect(
      CheckFixture().codes("list where (name == \"x\"\nlist | frist 3\nlist where nme == 1") == [
        "C0051", "C0102", "C0103",
      ])
  }

  @Test func stopsExponentialArguments() {
    let doubling = (1..<40).map { "def d\($0)(x: string) = d\($0 - 1)(f\"{$x}{$x}\")" }
    let text = ["def d0(x: string) = where name == $x"] + doubling + ["list | d39(\"a\")"]
    #expect(CheckFixture().codes(text.joined(separator: "\n")) == ["C0307"])
  }

  @Test func limitsIterationsOfWritingLoops() {
    let list = "[" + Array(repeating: "1", count: 1_001).joined(separator: ",") + "]"
    let write = "{ get $x | delete }"
    #expect(CheckFixture().codes("for x in \(list) \(write)") == ["C0308"])
    #expect(CheckFixture().codes("for x in \(list) { print $x }") == [])
    let nested = "for x in [1,2] { for y in \(list) { get $x, $y | delete } }"
    #expect(CheckFixture().codes(nested) == ["C0308"])
  }

  @Test func loopMultipliesTheBound() throws {
    let text = "for x in [1, 2, 3] { list where id == $x | expect count <= 5 | delete }"
    let script = try #require(CheckFixture().analyze(text).script)
    #expect(script.statements.flatMap(\.pipelines).map(\.selectionBound) == [.atMost(15)])
  }

  @Test func tracksWholeListsThroughVariables() {
    #expect(CheckFixture().codes("let rows = list\n$rows | delete") == ["C0301"])
    #expect(
      CheckFixture().codes("let rows = list | first 3\n$rows | sort by id | delete") == ["C0306"])
  }

  // MARK: Files

  @Test func useBringsDefinitions() {
    let files = [
      "lib/a.conn": "use \"../b.conn\"\ndef a() = where b_is_not_here == 1",
      "b.conn": "def b() = count",
      "good.conn": "use \"b.conn\"\ndef twice(x: string) = where name == $x | b()",
    ]
    let fixture = CheckFixture(files: files)
    #expect(fixture.codes("use \"good.conn\"\nlist | twice(\"x\")") == [])
    #expect(fixture.codes("use \"good.conn\"\nuse \"b.conn\"\nlist | b()") == [])
    #expect(fixture.codes("use \"good.conn\"\nlist | b()") == ["C0102"])
    #expect(fixture.codes("use \"lib/a.conn\"\nlist | a()") == ["C0103"])
  }

  @Test(arguments: [
    ("use \"gone.conn\"\nlist | a()", ["C0504"]), ("use \"self.conn\"", ["C0505"]),
    ("use \"one.conn\"", ["C0505"]), ("use \"list.conn\"", ["C0506"]),
    ("use \"broken.conn\"\nlist | a()", ["C0102"]), ("use \"utf16.conn\"", ["C0001"]),
    ("use \"x.conn\"\nlist | x()", ["C0507"]),
    ("use \"self/../one.conn\"", ["C0505"]),
    ("use \"def.conn\"\ndef a() = count\nlist | a()", ["C0108"]),
  ])
  func reportsInvalidUses(_ text: String, _ expected: [String]) {
    var files = [
      "self.conn": "use \"./self.conn\"", "one.conn": "use \"two.conn\"",
      "two.conn": "use \"one.conn\"", "list.conn": "list | count",
      "broken.conn": "def a() = frist 3", "utf16.conn": "\u{FEFF}def\0",
      "def.conn": "def a() = count",
      "x.conn": "use \"x1.conn\"\ndef x() = count",
    ]
    for number in 1..<300 { files["x\(number).conn"] = "use \"x\(number + 1).conn\"" }
    #expect(CheckFixture(files: files).codes(text) == expected)
  }

  /// Each definition keeps the names before it. As copies, those of this script would take 20 GB.
  @Test func definitionsShareTheNamesThatTheySee() {
    let lines = (0..<12_000).map { "let v\($0) = \($0)\ndef _d\($0)() = where id == $v\($0)\n" }
    #expect(CheckFixture().codes(lines.joined()) == [])
  }
}
