import Engine
import Language
import TestSupport
import Testing

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
    ("param p: list<int> = [1] ## doc", "(param p list<int> [1])"),
    ("it | show as csv | disconnect force", "it | show csv | disconnect force"),
    ("list\n\n  # note\n| count ; list |\n count", "list | count ; list | count"),
    ("list where (\n a == 1\n)", "list | where (== a 1)"),
    (
      "list | group by a, date(b) as c with count(), min(d), max(e) as f",
      "list | group a=a c=(date() b) count=count() min_d=min(d) f=max(e)"
    ),
    ("list | distinct by a, b | group by c", "list | distinct a=a b=b | group c=c"),
    ("print f\"{1}\"", "(print (f 1))"),
  ])
  func tree(_ text: String, _ expected: String) {
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
    ("list | where ] | frist\nlist | skpi 1", ["C0050", "C0102", "C0102"]),
  ])
  func problems(_ text: String, _ codes: [String]) {
    #expect(Self.parse(text).codes == codes)
  }

  @Test func foreignOperatorsMeanTheirCounterparts() {
    let tree = Self.parse("list where a && b || !c").tree
    #expect(tree == "list | where (or (and a b) (not c))")
  }

  @Test(arguments: [
    "(", "[", "{a:", "not ", "- ", "if ", "f\"{", "a.", "lower(", "a ?? ", "a + ",
  ])
  func deepNestingIsAnError(_ piece: String) {
    let text = "list where " + String(repeating: piece, count: 100_000)
    #expect(Self.parse(text).codes.contains { ["C0052", "C0003", "C0050"].contains($0) })
  }

  @Test func longChainsOfAndAreOneNode() {
    let text = "list where " + Array(repeating: "a == 1", count: 10_000).joined(separator: " and ")
    #expect(Self.parse(text).codes == [])
  }

  @Test(arguments: [
    ("list |", OpenConstruct.pipe), ("list where (a", .parenthesis), ("get [1,", .bracket),
    ("create input = {", .brace), ("list where a == \"x", .string), ("list | count", nil),
  ])
  func openConstructs(_ text: String, _ open: OpenConstruct?) {
    let output = Parser.parse(SourceFile(name: "test", text: text), vocabulary: .standard)
    #expect(output.open == open)
  }

  /// Any bytes are read without a trap.
  @Test func anyBytes() {
    var random = SeededRandom(seed: 20_261_124)
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
      #expect(analysis.diagnostics.count <= Analysis.limit)
    }
  }
}
