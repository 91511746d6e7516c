import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `docs/session.svg`, the picture of a session at the prompt that opens the README.
@Suite(.ownThread) struct SessionImageTests {
  @Test func imageShowsTheSession() throws {
    let prompt = try PromptHarness(
      ["repl", "--simulator"], state: nil, ["NO_COLOR": ""], rows: 40, columns: 98)
    let mistake = #"list where aplication == "jira" and not connected"#
    let line = #"list where application == "jira" and not connected"#
    prompt.type("\u{C}")
    prompt.expectLine("simulator>")
    enter(mistake, at: prompt)
    enter("", expecting: line, at: prompt)
    prompt.expectLine("simulator 2 rows>")
    enter(line + " | update folder_id = 28940", at: prompt)
    prompt.expectLine("Type 2 to continue:")
    prompt.type("2\r")
    prompt.expect("Done: 2 of 2 updated")
    prompt.expectPrompt()
    let image = ScreenImage(
      title: "The prompt of conn: an unknown field is reported and corrected, and two connections "
        + "are moved to another folder once their number is typed",
      rows: Self.contents(of: prompt.seen).map(Self.steady))
    #expect(prompt.seen.unknown == [])
    #expect(image.unknownParameters == [])
    #expect(try read(image.svg).elements.contains("tspan"))
    try Golden.expect(image.svg, at: Pages.page("docs/session.svg"))
  }

  /// Types a line, and Return once the line has its colours.
  private func enter(_ line: String, expecting text: String? = nil, at prompt: PromptHarness) {
    prompt.type(line)
    let isSeen = prompt.terminal.waitToSee { screen in
      let row = screen.cells[screen.cursor.row]
      return screen.line.hasSuffix("> \(text ?? line)") && row.contains { $0.style == "1;35" }
    }
    #expect(isSeen, "no \(text ?? line) in:\n\(prompt.seen.text)")
    prompt.type("\r")
  }

  /// The rows above the last prompt.
  private static func contents(of screen: Screen) -> [[Screen.Cell]] {
    Array(screen.cells[..<screen.cursor.row])
  }

  /// Returns the row without what differs from session to session: port, pace and duration.
  private static func steady(_ row: [Screen.Cell]) -> [Screen.Cell] {
    var row = row
    let line = row.map { $0.text.isEmpty ? " " : $0.text }.joined()
    for match in line.matches(of: #/127\.0\.0\.1:(\d+)|(\d\.\d\d)/s|, (\d+) s\./#) {
      for range in [match.1, match.2, match.3].compactMap({ $0 }) {
        let start = line.distance(from: line.startIndex, to: range.startIndex)
        for (offset, digit) in zip(start..., range) where digit != "." {
          row[offset].text = offset == start ? "1" : "0"
        }
      }
    }
    return row
  }

  // MARK: The renderer

  /// What a parser of XML finds in a picture.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [String] = []
    var texts: [String: String] = [:]
    private var open: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append(name)
      open.append(name)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      texts[open.last ?? "", default: ""] += text
    }
  }

  private func read(_ svg: String) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader
  }

  /// Returns the picture of a screen that received this text.
  private func image(of text: String) -> ScreenImage {
    var screen = Screen(rows: 2, columns: 60)
    screen.feed(text.utf8)
    return ScreenImage(title: text, rows: screen.cells)
  }

  @Test(arguments: [
    "</text><script>alert(1)</script>", "]]> <![CDATA[", "&amp; &lt; \"'", "--> <!--",
    "本番環境の接続 x", "e\u{301} \u{202E}x", "</desc></svg>",
  ])
  func hostileTextStaysText(_ text: String) throws {
    let found = try read(image(of: text).svg)
    #expect(
      Set(found.elements).isSubset(of: ["svg", "title", "desc", "style", "rect", "text", "tspan"]))
    #expect(found.texts["title"] == text)
    #expect(found.texts["desc"] == text + "\n")
    #expect(found.texts["tspan"]?.replacing(" ", with: "") == text.replacing(" ", with: ""))
  }

  @Test func controlCharactersAreReplaced() throws {
    let image = ScreenImage(title: "a\u{0}\u{1B}[31m\u{9B}\u{FFFE}", rows: [[]])
    #expect(try read(image.svg).texts["title"] == "a\u{FFFD}\u{FFFD}[31m\u{FFFD}\u{FFFD}")
  }

  @Test func stylesAndColumnsAreKept() {
    let svg = image(of: "\u{1B}[1;35mab\u{1B}[0m c   d").svg
    #expect(
      svg.contains(
        "<text y=\"28.0\"><tspan x=\"14.0\" class=\"s1 s35\">ab</tspan><tspan x=\"39.2\">c</tspan>"
          + "<tspan x=\"72.8\">d</tspan></text>"), "\(svg)")
    #expect(image(of: "\u{1B}[7ma").unknownParameters == ["7"])
  }

  /// Source: W3C, WCAG 2.2, 1.4.3, contrast of at least 4.5.
  @Test func everyColorIsReadable() throws {
    for shade in [ScreenImage.foreground] + ScreenImage.colors.values {
      for part in [\ScreenImage.Shade.light, \ScreenImage.Shade.dark] {
        let pair = [shade, ScreenImage.background].map { Self.luminance($0[keyPath: part]) }
        let contrast = (max(pair[0], pair[1]) + 0.05) / (min(pair[0], pair[1]) + 0.05)
        #expect(contrast >= 4.5, "\(shade[keyPath: part])")
      }
    }
  }

  /// The relative luminance of a colour such as `#1f2328`. Source: WCAG 2.2.
  private static func luminance(_ color: String) -> Double {
    let value = Int(color.dropFirst(), radix: 16) ?? 0
    let shares: [(shift: Int, share: Double)] = [(16, 0.2126), (8, 0.7152), (0, 0.0722)]
    return shares.reduce(0) { sum, part in
      let channel = Double((value >> part.shift) & 0xFF) / 255
      let linear = channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
      return sum + part.share * linear
    }
  }
}
