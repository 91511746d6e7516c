import Evaluation
import Language
import Testing
import Text

@Suite struct ParserTests {
  static func parse(_ text: String) -> (tree: String, codes: [String]) {
    let output = Parser.parse(SourceFile(name: "test", text: text), vocabulary: .standard)
    let tree = output.script.statements.map(\.sexpr).joined(separator: " ; ")
    return (tree, output.diagnostics.map(\.code))
  }

  @Test(arguments: [
    ("list where a == 1 or b and not c", "list | where (or (== a 1) (and b (not c)))"),
    ("list where a and b and c", "list | where (and a b c)"),
    ("list where not a == 1", "list | where (not (== a 1))"),
    ("list where a ?? b == c", "list | where (== (?? a b) c)"),
    ("list where a + 1 - -b.c.d > 2", "list | where (> (- (+ a 1) (- (. (. b c) d))) 2)"),
    ("list where a between 1 and 2 and b", "list | where (and (between a 1 2) b)"),
    ("list where a not in [1, 2,]", "list | where (not in a [1 2])"),
    (
      "list where t has any [\"x\"] or t has \"y\"",
      "list | where (or (has any t [\"x\"]) (has t \"y\"))"
    ),
    ("list where a starts with b", "list | where (starts with a b)"),
    ("list where if a then b else c", "list | where (if a b c)"),
    ("list where f\"{a} {{b}}\" == g(1, x)", "list | where (== (f a \" {b}\") (g() 1 x))"),
    ("list all with runtime | count", "list all runtime | count"),
    ("get 1, $b | delete", "get 1 $b | delete"),
    ("from \"x.json\" | select a, b as c, d = 1", "from \"x.json\" | select a=a c=b d=1"),
    ("list | sort by a desc, b asc, c", "list | sort a desc b c"),
    (
      "list | expect count <= 3, \"m\" | expect none a",
      "list | expect count<=3 \"m\" | expect none a"
    ),
    (
      "create name = \"x\", input = { \"a b\": [1] }",
      "nothing | create name=\"x\" input={a b: [1]}"
    ),
    ("let x = list | count", "(let x list | count)"),
    ("let x = $y + 1d12h", "(let x (+ $y 1d12h))"),
    ("let x = $y | count", "(let x $y | count)"),
    ("param p: list<int> = [1] ## doc", "(param p list<int> [1]) ## doc"),
    ("it | show as csv | disconnect force", "it | show csv | disconnect force"),
    ("list\n\n  # note\n| count ; list |\n count", "list | count ; list | count"),
    ("list where (\n a == 1\n)", "list | where (== a 1)"),
    (
      "list | group by a, date(b) as c with count(), min(d), max(e) as f",
      "list | group a=a c=(date() b) count=count() min_d=min(d) f=max(e)"
    ),
    ("list | distinct by a, b | group by c", "list | distinct a=a b=b | group c=c"),
    ("print f\"{1}\"", "(print (f 1))"),
    (
      "def a(p: int, q: list<string>,) = where x == $p | count ## doc\nlist | a(1, [\"x\"])",
      "(def a (p:int q:list<string>) where (== x $p) | count) ## doc ; list | a ( 1 [\"x\"] )"
    ),
    ("use \"lib.conn\"", "(use \"lib.conn\")"),
    ("for x in [1, 2] { print $x; print 1 }", "(for x [1 2] {(print $x) ; (print 1)})"),
    ("for x in list where a { $x | count }", "(for x (list | where a) {$x | count})"),
    ("for x in $rows { }", "(for x $rows {})"),
    (
      "if $a { print 1 } else if $b { print 2 } else { print 3 }",
      "(if $a {(print 1)} (if $b {(print 2)} {(print 3)}))"
    ),
    ("if { a: 1 } == $x {\n\nprint 1\n}", "(if (== {a: 1} $x) {(print 1)})"),
    (
      "list | diff from \"old.json\" | diff $x | diff it",
      "list | diff from \"old.json\" | diff $x | diff it"
    ),
  ])
  func parsesToTheTree(_ text: String, _ expected: String) {
    let parsed = Self.parse(text)
    #expect(parsed.tree == expected)
    #expect(parsed.codes == [])
  }

  @Test(arguments: [
    ("list where a = 1", ["C0056"]), ("list where a && b || !c", ["C0058", "C0058", "C0058"]),
    ("list where a <> 1 AND b is not null", ["C0058", "C0058", "C0058"]),
    ("list where a LIKE \"x\"", ["C0058"]), ("list where .a == 1", ["C0058"]),
    ("list where 1 < 2 < 3", ["C0059"]), ("list where (a", ["C0051"]),
    ("list where", ["C0050"]), ("list | frist 3", ["C0102"]), ("lst", ["C0101"]),
    ("where a", ["C0053"]), ("list | select a + 1", ["C0054"]),
    ("get 1 | update a == 1", ["C0055"]),
    ("list | disconnect forced", ["C0057"]), ("list | show as xml", ["C0057"]),
    ("list | group by a with sum(b)", ["C0114"]),
    ("list | group a", ["C0050"]),
    ("param x: strng", ["C0106"]), ("list where a b", ["C0050"]),
    ("list where and a", ["C0060"]), ("list where has(tags, \"x\")", ["C0060"]),
    ("list where name.contains(\"x\")", ["C0061"]), ("list where id in (1, 2)", ["C0062"]),
    ("list | select(.connected)", ["C0058", "C0058"]), ("list // all of them", ["C0058"]),
    ("-- all of them", ["C0058"]), ("list where name == “x”", ["C0002"]),
    ("list where id == 1 – 2", ["C0002"]), ("list\u{A0}where a", ["C0002"]),
    ("x = 1", ["C0101"]), ("while true { }", ["C0101"]), ("var x = 1", ["C0101"]),
    ("def where() = count", ["C0115"]), ("def a() = list | count", ["C0102"]),
    ("def a() = count\nlist | a", ["C0050"]), ("list | disconnect force force", ["C0057"]),
    ("if $a { print 1\n", ["C0051"]), ("if $a { list | frist }\nlist | skpi", ["C0102", "C0102"]),
    ("for x in $y { lst }\nlst", ["C0101", "C0101"]), ("if $a { print 1 }\nelse { }", ["C0101"]),
    ("list | diff list", ["C0050"]), ("use lib", ["C0050"]),
    ("list where (a = = b) and .c", ["C0056", "C0050", "C0058"]),
    ("list where a in [1, +, 2] and b in [*]", ["C0050", "C0050"]),
    ("list where lower(a b) == (", ["C0051"]),
    ("get 1 | update input = { a: , b: = } | frist", ["C0050", "C0050", "C0102"]),
    ("list | where ] | frist\nlist | skpi 1", ["C0050", "C0102", "C0102"]),
  ])
  func reportsTheCodes(_ text: String, _ codes: [String]) {
    #expect(Self.parse(text).codes == codes)
  }

  /// The span of an expression holds all of its text.
  @Test(arguments: [
    "1", "$a", "\"x\"", "f\"{1}\"", "-1", "not true", "1 + 2 - 3", "1 ?? 2", "1 == 2", "$a.b.c",
    "1 between 2 and 3", "1 in [1, 2]", "[1, 2,]", "[]", "{ a: 1 }", "{}", "now()", "min(1, 2)",
    "true and false or true", "if true then 1 else [2]", "1 not in [1]", "(1 + 2) + (3)",
  ])
  func spanCoversTheWholeExpression(_ text: String) throws {
    let file = SourceFile(name: "test", text: "let x = \(text)\n")
    let script = Parser.parse(file, vocabulary: .standard).script
    guard case .letExpression(_, let value) = script.statements.first?.kind else {
      Issue.record("no let: \(text)")
      return
    }
    #expect(file.text(value.span) == text)
  }

  @Test func readsForeignOperatorsAsTheirCounterparts() {
    let tree = Self.parse("list where a && b || !c").tree
    #expect(tree == "list | where (or (and a b) (not c))")
  }

  @Test(arguments: [
    "(", "[", "{a:", "not ", "- ", "if ", "f\"{", "a.", "lower(", "a ?? ", "a + ",
    "a\nif $a { ", "a\nfor x in [1] { ", "a\nif $a { } else ", "a\nparam x: list<",
  ])
  func rejectsDeepNesting(_ piece: String) {
    let text =
      "list where " + String(repeating: piece, count: piece.contains("\n") ? 10_000 : 100_000)
    #expect(Self.parse(text).codes.contains { ["C0052", "C0003", "C0050", "C0101"].contains($0) })
  }

  @Test func acceptsLongChainsOfAnd() {
    let text = "list where " + Array(repeating: "a == 1", count: 10_000).joined(separator: " and ")
    #expect(Self.parse(text).codes == [])
  }

  @Test(arguments: [
    ("list |", UnclosedDelimiter.pipe), ("list where (a", .parenthesis), ("get [1,", .bracket),
    ("create input = {", .brace), ("list where a == \"x", .string), ("list | count", nil),
  ])
  func recognizesOpenConstructs(_ text: String, _ open: UnclosedDelimiter?) {
    let output = Parser.parse(SourceFile(name: "test", text: text), vocabulary: .standard)
    #expect(output.open == open)
  }

  /// Any bytes are read without a trap.
  @Test func survivesAnyBytes() {
    var random = SplitMix64(seed: 20_261_124)
    let alphabet = Array("list where get|()[]{}\"'f$@#=<>!&.,:;+-?\\\n\t 0129dhx_é\u{202E}".utf8)
    for _ in 0..<3_000 {
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        Bool.random(using: &random) && Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : alphabet.randomElement(using: &random) ?? 0
      }
      let input = Analysis.Input(name: "random", bytes: bytes, arguments: [])
      let analysis = Analysis(
        input, vocabulary: .standard, scope: Scope { _ in .problem("no files") })
      _ = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
      #expect(analysis.diagnostics.count(where: \.isError) <= Analysis.limit)
    }
  }
}
