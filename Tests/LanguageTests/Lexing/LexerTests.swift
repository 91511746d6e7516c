import Language
import Testing

@Suite struct LexerTests {
  private func lex(_ text: String) -> Lexer.Output {
    Lexer.lex(SourceFile(name: "test", text: text))
  }

  private func literals(_ text: String) -> [String] {
    lex(text).tokens.compactMap {
      if case .literal(let literal) = $0.kind { literal.sexpr } else { nil }
    }
  }

  @Test(arguments: [
    ("36", "36"), ("1_000", "1000"), ("9223372036854775807", "9223372036854775807"),
    ("45s", "45s"), ("1d12h", "1d12h"), ("2w", "14d"), ("90m", "1h30m"),
    ("@2026-01-31", "@2026-01-31T00:00:00Z"),
    ("@2026-01-31T10:00:00.250+02:00", "@2026-01-31T08:00:00.250Z"),
    ("@1969-12-31T23:59:59.999999Z", "@1969-12-31T23:59:59.999999Z"),
    ("true", "true"), ("null", "null"), (#""a\n\u{1F600}\"""#, "\"a\n😀\"\""),
    (#"'raw \n'"#, #""raw \n""#), ("\"two\nlines\"", "\"two\nlines\""),
  ])
  func readsLiterals(_ text: String, _ expected: String) {
    #expect(literals(text) == [expected])
    #expect(lex(text).diagnostics.isEmpty)
  }

  @Test(arguments: Keyword.allCases)
  func findsEveryKeyword(_ word: Keyword) {
    #expect(Keyword.spelled(Array(word.rawValue.utf8)[...]) == word)
    #expect(Keyword.spelled(Array((word.rawValue + "_").utf8)[...]) == nil)
    #expect(lex(word.rawValue).tokens.map(\.kind) == [.name(word.rawValue), .end])
  }

  @Test(arguments: [
    ("9223372036854775808", "C0008"), ("3mo", "C0009"), ("1y", "C0009"), ("12abc", "C0009"),
    ("99999999999999w", "C0008"), ("@2026-02-30", "C0010"), ("@2026-02-28T10:00:00", "C0010"),
    ("@2026-02-28T25:00:00Z", "C0010"), ("@yesterday", "C0010"), ("\"open", "C0003"),
    ("'open", "C0003"), ("f\"open {1}", "C0003"), (#""\q""#, "C0006"), (#""\u{D800}""#, "C0007"),
    ("“x”", "C0002"), ("list\u{A0}all", "C0002"), ("$", "C0004"), ("f\"}\"", "C0005"),
    ("a\u{202E}b", "C0001"), ("\"a\u{200B}\"", "C0001"), ("a\u{0}b", "C0001"), ("%", "C0002"),
  ])
  func reportsInvalidTokens(_ text: String, _ code: String) {
    #expect(lex(text).diagnostics.first?.code == code)
  }

  @Test func rejectsInvalidUTF8() {
    let output = Lexer.lex(SourceFile(name: "test", bytes: [0x61, 0xFF, 0x62]))
    #expect(output.diagnostics.map(\.code) == ["C0001"])
    #expect(output.diagnostics[0].span == SourceSpan(1, 2))
  }

  @Test func recognizesUTF16() {
    let output = Lexer.lex(SourceFile(name: "test", bytes: [0xFF, 0xFE, 0x6C, 0]))
    #expect(output.diagnostics[0].message.contains("UTF-16"))
  }

  @Test func doesNotEchoAnUnterminatedString() {
    var sources = SourceMap()
    let file = sources.add(name: "test", bytes: Array("let x = \"hunter2".utf8))
    let diagnostics = Lexer.lex(file).diagnostics
    #expect(!DiagnosticRenderer(sources: sources).render(diagnostics).contains("hunter2"))
  }

  @Test func readsShebangAndComments() {
    let output = lex("#!/usr/bin/env conn\nlist # one\n## two")
    #expect(output.comments.map(\.text) == ["one", "two"])
    #expect(output.comments.map(\.isDocumentation) == [false, true])
  }

  @Test func readsVeryLongNames() {
    let output = lex(String(repeating: "a", count: 1_000_000))
    #expect(output.tokens.count == 2)
  }
}
