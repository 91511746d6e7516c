import Language
import Testing

/// Hostile and broken texts: each is an error with a place, and none is a trap.
@Suite struct BadInputTests {
  private static let megabyte = 1 << 20

  /// A text by what it is made of, and the diagnostic that it gives.
  struct Input: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let code: String

    init(_ name: String, _ text: String, _ code: String) {
      self.init(name, Array(text.utf8), code)
    }

    init(_ name: String, _ bytes: [UInt8], _ code: String) {
      self.name = name
      self.bytes = bytes
      self.code = code
    }

    var testDescription: String { name }
  }

  static let inputs: [Input] = [
    Input("100,000 brackets", "list where " + repeated("(", 100_000), "C0052"),
    Input("100,000 lists", "let _x = " + repeated("[", 100_000), "C0052"),
    Input("100,000 blocks", repeated("if now() == now() {", 100_000), "C0052"),
    Input("a name of a megabyte", "list where " + repeated("a", megabyte) + " == 1", "C0103"),
    Input("a stage of a megabyte", "list | " + repeated("a", megabyte), "C0102"),
    Input("a line of 10 MB", "list where name == '" + repeated("x", 10 * megabyte), "C0003"),
    Input("10 MB of blanks", repeated(" ", 10 * megabyte) + "lst", "C0101"),
    Input("a number of 65 bits", "print 18446744073709551616", "C0008"),
    Input("a number of a megabyte", "print " + repeated("9", megabyte), "C0008"),
    Input("a duration of 65 bits", "print 9223372036854775807w", "C0008"),
    Input("a parameter twice", "param x: int = 1\nparam x: int = 2\nprint $x", "C0108"),
    Input("a parameter of a definition twice", "def _a(x: int, x: int) = first $x", "C0107"),
    Input("a definition that calls itself", "def a() = a()\nlist | a()", "C0117"),
    Input("a used file that uses itself", "use \"self.conn\"", "C0505"),
    Input(
      "a loop of 100,000 rounds that writes",
      "for x in [" + repeated("1,", 100_000) + "] { get $x | delete }", "C0308"),
    Input(
      "UTF-16", [0xFF, 0xFE] + Array("list".utf16.flatMap { [UInt8($0 & 0xFF), 0] }), "C0001"),
    Input("NUL", Array("list where \0".utf8), "C0001"),
    Input("broken UTF-8", Array("list where name == \"".utf8) + [0xC3, 0x28, 0x22], "C0001"),
    Input("a truncated character", Array("print \"".utf8) + [0xF0, 0x9F], "C0001"),
    Input("a surrogate", [0xED, 0xA0, 0x80], "C0001"),
    Input("a right-to-left override", "print \"\u{202E}\"", "C0001"),
    Input("bytes of no meaning", (0...255).map { UInt8($0) }, "C0001"),
  ]

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test(arguments: inputs)
  func reportsAnErrorWithALocation(_ input: Input) {
    var fixture = CheckFixture(files: ["self.conn": "use \"self.conn\""])
    fixture.isWhole = false
    let analysis = fixture.analyze(input.bytes)
    #expect(analysis.script == nil)
    #expect(analysis.diagnostics.map(\.code).contains(input.code))
    #expect(analysis.diagnostics.allSatisfy { analysis.sources.location(of: $0.span) != "?" })
    let rendered = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
    #expect(rendered.utf8.count < 100_000)
  }

  @Test func acceptsEmptyScripts() {
    for text in ["", "\n\n", "# only a comment", "\u{FEFF}", ";;", "#!/usr/bin/env conn"] {
      let analysis = CheckFixture().analyze(text)
      #expect(analysis.script?.statements.count == 0)
      #expect(analysis.diagnostics.isEmpty)
    }
  }
}
