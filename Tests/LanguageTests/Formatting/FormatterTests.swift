import Evaluation
import Foundation
import Language
import TestSupport
import Testing
import Text

@Suite struct FormatterTests {
  static func format(_ text: String) -> String? {
    let output = Formatter.format(SourceFile(name: "test", text: text), vocabulary: .standard)
    if case .text(let formatted) = output { return formatted } else { return nil }
  }

  @Test(arguments: [
    ("list|where a==1|count", "list where a == 1 | count\n"),
    (
      "list  all   with runtime where  a |\n\n count;  it|count",
      "list all with runtime where a | count\nit | count\n"
    ),
    (
      "list where ((a)) and (b or c) and not (d) and not (e == 1)",
      "list where a and (b or c) and not d and not (e == 1)\n"
    ),
    ("list where a and b or c", "list where (a and b) or c\n"),
    ("list where (a and b) and c", "list where (a and b) and c\n"),
    (
      "list where (a + 1) - (b - c) == -(-d) ?? (e ?? f)",
      "list where a + 1 - (b - c) == --d ?? (e ?? f)\n"
    ),
    ("list where (if a then b else c) == (d.e).f", "list where (if a then b else c) == d.e.f\n"),
    ("list where x between (1) and (2+3)", "list where x between 1 and 2 + 3\n"),
    (
      "list | select a as a, b.c as c, d as e, f = g, h = 1+2",
      "list | select a, b.c, d as e, g as f, h = 1 + 2\n"
    ),
    ("list | sort by a asc,b desc", "list | sort by a, b desc\n"),
    (
      "list | group by a with count() as count, min(b) as min_b, max(c) as m",
      "list | group by a with count(), min(b), max(c) as m\n"
    ),
    (
      "list|expect count<=3,\"m\"|expect none a|diff from 'x.json'",
      "list | expect count <= 3, \"m\" | expect none a | diff from 'x.json'\n"
    ),
    (
      "get 36 , 37|update name=f\"{ name }!\",input={a:1,\"b c\":[1,2,],}",
      "get 36, 37 | update name = f\"{ name }!\", input = { a: 1, \"b c\": [1, 2] }\n"
    ),
    ("let x=(it(1))-2\nfor y in (list)+1{}", "let x = (it(1) - 2)\nfor y in (list + 1) {}\n"),
    (
      "profile 'a'{region=\"eu\";protect=(tags has \"x\")};default='a'",
      "profile 'a' {\n  region = \"eu\"\n  protect = tags has \"x\"\n}\ndefault = 'a'\n"
    ),
    (
      "# head\nprofile \"a\" { # what\n\n region = \"eu\" # where\n\n\n # why\n rate = 1\n # end\n}",
      "# head\nprofile \"a\" {    # what\n  region = \"eu\"  # where\n\n  # why\n  rate = 1\n  # end\n}\n"
    ),
    ("profile \"a\" {}", "profile \"a\" {}\n"),
    ("create name=1", "create name = 1\n"), ("let x=1_000", "let x = 1_000\n"),
    ("param p:list<string> =[]##  doc", "param p: list<string> = []  ##  doc\n"),
    ("def a(x:int,y:string,)=where b|count", "def a(x: int, y: string) = where b | count\n"),
    ("list|a(1,2,)", "list | a(1, 2)\n"), ("use 'lib.conn'", "use 'lib.conn'\n"),
    ("for x in [1]{print $x;print 2}", "for x in [1] {\n  print $x\n  print 2\n}\n"),
    ("if $a{}else if $b{print 1}else{}", "if $a {} else if $b {\n  print 1\n} else {}\n"),
    ("", ""), ("\n\n# only\n\n\n# comments\n", "# only\n\n# comments\n"),
    ("#!/usr/bin/env conn\nlist", "#!/usr/bin/env conn\nlist\n"),
    (
      "list # one\nlist | count # two\n\nlist # three",
      "list          # one\nlist | count  # two\n\nlist  # three\n"
    ),
    (
      "list # why\n| where a # this\n# and\n| count",
      "list       # why\n| where a  # this\n# and\n| count\n"
    ),
    (
      "get 1 | update input = {\n  # the key\n  a: 1, # one\n  b: 2\n  # end\n}",
      "get 1\n| update input = {\n    # the key\n    a: 1,  # one\n    b: 2,\n    # end\n  }\n"
    ),
    ("list where (a # why\n and b)", "# why\nlist where a and b\n"),
    (
      "for x in [1] { # each\n\n\n # first\n print $x\n\n # last\n}",
      "for x in [1] {  # each\n  # first\n  print $x\n\n  # last\n}\n"
    ),
    ("param p: list<string> = [ ## doc\n \"x\"]", "param p: list<string> = [\"x\"]  ## doc\n"),
    ("def a( ## doc\n # why\n n: int) = first $n", "# why\ndef a(n: int) = first $n  ## doc\n"),
    ("def a( ## doc\n n: int) = first $n", "def a(n: int) = first $n  ## doc\n"),
    ("\u{FEFF}#!/usr/bin/env conn\nlist", "#!/usr/bin/env conn\nlist\n"),
    ("print now( # c\n)", "print now(\n  # c\n)\n"),
    ("\r\nlist\r\n| count # x\r\n", "list | count  # x\n"),
  ])
  func formatsCanonically(_ text: String, _ expected: String) {
    #expect(Self.format(text) == expected)
    #expect(Self.format(expected) == expected)
  }

  @Test func putsStagesOfLongPipelinesOnLinesOfTheirOwn() {
    let text =
      "let old = list where tags has $tag and connection_lost_at < $cutoff | expect count <= 20 | count"
    #expect(
      Self.format(text) == """
        let old = list
          | where tags has $tag and connection_lost_at < $cutoff
          | expect count <= 20
          | count

        """)
  }

  @Test func putsEntriesOfLongRecordsOnLinesOfTheirOwn() {
    let text =
      "get 36 | update input = { host_name: \"acme.atlassian.net\", email: \"admin\", apitoken: secret(\"env:T\") }"
    #expect(
      Self.format(text) == """
        get 36
        | update input = {
            host_name: "acme.atlassian.net",
            email: "admin",
            apitoken: secret("env:T"),
          }

        """)
  }

  /// A text with a syntax error is not touched.
  @Test func doesNotFormatInvalidScripts() {
    #expect(Self.format("list where (") == nil)
    #expect(Self.format("list | frist 3") == nil)
  }

  /// All scripts that the project ships are in the canonical form.
  @Test(
    arguments: Golden.files(in: "grammar/examples/valid", ending: ".conn")
      + Golden.files(in: "scripts/maintenance", ending: ".conn"))
  func shippedScriptsAreCanonical(_ url: URL) throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    try Golden.expect(try #require(Self.format(text)), at: url)
  }

  /// The same tree, the same comments, and nothing to change the second time.
  static func expectFaithful(_ text: String) throws {
    let formatted = try #require(format(text), "\(text)")
    #expect(format(formatted) == formatted, "not idempotent: \(text)")
    #expect(ParserTests.parse(formatted).tree == ParserTests.parse(text).tree, "\(text)")
    #expect(comments(in: formatted) == comments(in: text), "\(text)")
  }

  private static func comments(in text: String) -> [String] {
    Lexer.lex(SourceFile(name: "test", text: text)).comments.map(\.text).sorted()
  }

  /// Comments wherever a line can end.
  @Test func keepsCommentsAnywhere() throws {
    let texts =
      Golden.files(in: "grammar/examples/valid", ending: ".conn")
      + Golden.files(in: "scripts/maintenance", ending: ".conn")
    var random = SplitMix64(seed: 20_261_125)
    var count = 0
    for url in texts {
      let text = try String(contentsOf: url, encoding: .utf8)
      try Self.expectFaithful(text)
      // Some comments fall into an escape, and break it.
      let variants = (0..<20).map { _ in Self.commented(text, &random) }
      for variant in variants where Self.format(variant) != nil {
        try Self.expectFaithful(variant)
        count += 1
      }
    }
    #expect(count > 150)
  }

  /// The first programs as they are; then with comments at the ends of some lines.
  @Test func formatsGeneratedProgramsFaithfully() throws {
    var generator = ProgramGenerator(try EBNF.ofLanguage(), seed: 20_261_127)
    var random = SplitMix64(seed: 20_261_128)
    for number in 0..<1_200 {
      var tokens = try generator.program()
      for index in tokens.indices where tokens[index].hasPrefix("\n") && number > 400 {
        guard Bool.random(using: &random) else { continue }
        tokens[index] = "# note \(index)" + tokens[index]
      }
      try Self.expectFaithful(ProgramGenerator.text(tokens))
    }
  }

  /// The text with a comment, and perhaps an empty line, behind some of its lines and brackets.
  private static func commented(_ text: String, _ random: inout SplitMix64) -> String {
    var (number, isInComment) = (0, false)
    return text.map { character in
      isInComment = character != "\n" && (isInComment || character == "#")
      let isPlace = !isInComment && "\n([{,".contains(character)
      guard isPlace, Int.random(in: 0..<4, using: &random) == 0 else { return String(character) }
      number += 1
      return "\(character) # note \(number)\n"
    }.joined()
  }
}
