import Evaluation
import Foundation
import Language
import TestSupport
import Testing
import Text

/// `grammar/conn.ebnf`, the parser and the parser's comments say the same.
@Suite struct GrammarTests {
  private let grammar: EBNF
  private let recognizer: Recognizer

  private static let grammar = Result { try EBNF.ofLanguage() }
  private static let recognizer = grammar.map(Recognizer.init)

  init() throws {
    grammar = try Self.grammar.get()
    recognizer = try Self.recognizer.get()
  }

  // MARK: The grammar alone

  @Test func everyNameIsDefined() {
    let undefined = grammar.productions.filter { $0.section != .lexical }.flatMap(\.references)
      .filter { grammar[$0] == nil && !grammar.isTokenClass($0) }
    #expect(undefined == [])
  }

  @Test func everyProductionIsReached() {
    var reached: Set<String> = []
    var pending: Set<String> = ["script"]
    while let name = pending.popFirst() {
      reached.insert(name)
      pending.formUnion(grammar[name]?.references.subtracting(reached) ?? [])
    }
    #expect(grammar.productions.map(\.name).filter { !reached.contains($0) } == [])
  }

  @Test func stageNamesAreReserved() throws {
    let defined = try #require(grammar["defined"]?.expression)
    let stages = Set(Vocabulary.standard.stages.map(\.name))
    #expect(grammar.excludedWords(of: defined) == stages)
  }

  // MARK: The grammar and the parser

  @Test(arguments: [
    ("", true), ("\n;\n;", true), ("list\n\n|\n\ncount", true), ("list ;\n| count", false),
    ("let x = list", true), ("let x = list(1)", false), ("let list = list", true),
    ("let x = it.name", false), ("let x = $list.get", true), ("let x = $y\n| count", true),
    ("let x = $y + 1 | count", false), ("for x in list { }", true), ("for x in it + 1 {}", false),
    ("list where a has any", false), ("list where a has any any", true),
    ("list where (a\nnot\nin\nb)", true), ("list where (a\nhas\nall\nb)", true),
    ("list where a\n== b", false), ("print f(\nx,\n)", true), ("print f\n(x)", false),
    ("print [f\n(x)]", true), ("print { a: 1,\n\"b\"\n: { c: 2 }\n}", true),
    ("if a {\nlist\n| count\n} else if b {} else {\n\n}", true), ("if a {}\nelse {}", false),
    ("if { a: 1\n}.a { print { b: 2\n} }", true), ("if a\n{}", false), ("if a { list", false),
    ("for x in [{ a: 1 }] { for y in $x { print $y }; }", true), ("list }", false),
    ("def f(\na: int,\n) = where a\n| f(1)", true), ("def f() =\ncount", false),
    ("use \"a.conn\"; use f\"x\"", false), ("list | foo", false), ("list | foo()", true),
    ("list | select in = 1, a.in", true), ("list | select in", false), ("print true.null", false),
    ("list | select a + 1", false), ("list | select (a)", false), ("list | select (a).b", true),
    ("list | sort by desc desc, asc", true), ("list | expect all all", true),
    ("list | group by with with count() as count", true), ("print not - 1", true),
    ("print - not a", false), ("print 1 + if a then b else c", false),
    ("print a between 1 and 2 == b", false), ("list | diff it | diff $x | diff from \"a\"", true),
    ("list | lookup by id | lookup by external_id", true), ("list | lookup by name", false),
    ("create unless exists name = 1", true), ("it | create always name = 1", true),
    ("create unless name = 1", false), ("create always = 1, unless = 2", true),
    ("list | lookup id", false), ("list | lookup by id, id", false),
    ("list | diff list", false), ("param x: list<list<int>> = []", true), ("param x: list", false),
    ("list | save replace \"a\"", true), ("list | save replace $x.y | count", true),
    ("list | save replace", true), ("list | save replace(a)", true),
    ("list | save replace 1", false), ("list | save replace replace \"a\"", false),
    ("list | save replace starts with \"a\"", true), ("list | save replace \"a\" + 1", false),
  ])
  func grammarAndParserAgree(_ text: String, _ expected: Bool) {
    let verdict = Verdict(on: text, recognizer)
    #expect(verdict.ofGrammar == expected)
    #expect(verdict.ofParser == expected, "\(verdict)")
  }

  @Test func generatedProgramsAreValid() throws {
    var generator = ProgramGenerator(grammar, seed: 20_261_125)
    let verdicts = try (0..<2_000).map { _ in
      Verdict(on: ProgramGenerator.text(try generator.program()), recognizer)
    }
    expectNone(verdicts.filter { !$0.ofParser || !$0.ofGrammar })
    let syntax = grammar.productions.filter { $0.section == .syntax }.map(\.name)
    #expect(Set(syntax).subtracting(generator.used) == [])
  }

  @Test func grammarAndParserAgreeOnMutants() throws {
    var mutator = try Mutator(grammar, seed: 20_261_126)
    let mutants = try (0..<6_000).map { _ in
      Verdict(on: ProgramGenerator.text(try mutator.mutant()), recognizer)
    }
    expectNone(mutants.filter { $0.ofParser != $0.ofGrammar })
    let accepted = mutants.count(where: \.ofGrammar)
    #expect((mutants.count / 10...mutants.count * 9 / 10).contains(accepted))
  }

  private func expectNone(_ verdicts: [Verdict]) {
    if verdicts.isEmpty { return }
    let shown = verdicts.prefix(3).map(\.description).joined(separator: "\n")
    Issue.record("\(verdicts.count) such programs; the first are\n\(shown)")
  }

  // MARK: The grammar and the parser's comments

  @Test func parserQuotesTheGrammar() throws {
    let quotes = try Self.parserFiles.flatMap(Self.quotes)
    for (name, text) in quotes { #expect(text == grammar[name]?.text) }
    for production in grammar.productions where production.section == .syntax {
      let count = quotes.count { $0.name == production.name }
      #expect(count == 1, "`\(production.name)` must be quoted once")
    }
  }

  private static let parserFiles = Golden.files(in: "Sources/Language", ending: ".swift")
    .filter { $0.lastPathComponent.hasPrefix("Parser") }

  /// The productions between backticks in the comments of a file, whose other lines end a quote.
  private static func quotes(in url: URL) throws -> [(name: String, text: String)] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let comments = lines.map { $0.hasPrefix("///") ? String($0.dropFirst(3)) : "`" }
    return comments.joined(separator: "\n").matches(of: /`(\w+)(\s*=[^`]*);`/).map {
      (String($0.1), EBNF.text(EBNF.lexemes(of: "\($0.1)\($0.2)")))
    }
  }
}

/// What the grammar and the parser say of a program.
private struct Verdict: CustomStringConvertible {
  let ofGrammar: Bool
  private let text: String
  private let sources: SourceMap
  private let diagnostics: [Diagnostic]

  init(on text: String, _ recognizer: Recognizer) {
    var sources = SourceMap()
    let file = sources.add(name: "program", bytes: Array(text.utf8))
    diagnostics = Parser.parse(file, vocabulary: .standard).diagnostics
    ofGrammar = recognizer.accepts(Lexer.lex(file).tokens)
    (self.text, self.sources) = (text, sources)
  }

  var ofParser: Bool { diagnostics.isEmpty }

  var description: String {
    let rendered = DiagnosticRenderer(sources: sources).render(diagnostics)
    return "\(text)\nThe grammar says \(ofGrammar), the parser \(ofParser).\n\(rendered)"
  }
}

/// Spoils valid programs, a token or two at a time.
private struct Mutator {
  private var random: SplitMix64
  private let examples: [[String]]
  private let programs: [[String]]
  private let lexemes: [String]
  private let words: [String]

  init(_ grammar: EBNF, seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    var generator = ProgramGenerator(grammar, seed: seed)
    examples = try Golden.files(in: "grammar/examples/valid", ending: ".conn").map(Self.lexemes)
    programs = try (0..<1_000).map { _ in try generator.program() }
    lexemes = (examples + programs).joined() + Symbol.allCases.map(\.rawValue)
    words = lexemes.filter { $0.allSatisfy(\.isLetter) }
  }

  private static func lexemes(of url: URL) throws -> [String] {
    let file = SourceFile(name: url.lastPathComponent, bytes: Array(try Data(contentsOf: url)))
    return Lexer.lex(file).tokens.dropLast().map { file.text($0.span) }
  }

  mutating func mutant() throws -> [String] {
    let isOfExample = Int.random(in: 0..<4, using: &random) == 0
    let originals = isOfExample ? examples : programs
    var tokens = try #require(originals.randomElement(using: &random))
    let count = Int.random(in: 0..<4, using: &random) == 0 ? 2 : 1
    for _ in 0..<count { try mutate(&tokens) }
    return tokens
  }

  private mutating func mutate(_ tokens: inout [String]) throws {
    guard let index = tokens.indices.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: tokens.remove(at: index)
    case 1: tokens.insert(tokens[index], at: index)
    case 2: tokens.swapAt(index, max(index - 1, 0))
    case 3: tokens.insert("\n", at: index)
    case 4: tokens.insert(try random(of: words), at: index)
    case 5: tokens.insert(try random(of: lexemes), at: index)
    case 6 where tokens[index].allSatisfy(\.isLetter): tokens[index] = try random(of: words)
    default: tokens[index] = try random(of: lexemes)
    }
  }

  private mutating func random(of lexemes: [String]) throws -> String {
    try #require(lexemes.randomElement(using: &random))
  }
}
