import Foundation
import LineEditing
import TestSupport
import Testing

@testable import conn

@Suite struct LineHighlighterTests {
  /// Returns the line with its colour codes.
  private func rendered(
    _ text: String, behind before: String = "", cursor: Int = 0, errors: [Range<Int>] = []
  ) -> String {
    let bytes = Array(text.utf8)
    var offset = 0
    var output = ""
    for part in LineHighlighter.ranges(of: text, behind: before, cursor: cursor, errors: errors) {
      guard (offset...bytes.count).contains(part.range.lowerBound),
        part.range.upperBound <= bytes.count
      else { return "\(part.range) is out of place" }
      output += String(decoding: bytes[offset..<part.range.lowerBound], as: UTF8.self)
      let text = String(decoding: bytes[part.range], as: UTF8.self)
      output += "\u{1B}[\(part.parameters)m\(text)\u{1B}[0m"
      offset = part.range.upperBound
    }
    return output + String(decoding: bytes[offset...], as: UTF8.self)
  }

  /// Returns the text without colour codes.
  private func stripped(_ text: String) -> String {
    text.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }

  @Test func coloursTokens() {
    #expect(
      rendered("list where name == \"é\"")
        == "\u{1B}[1mlist\u{1B}[0m \u{1B}[1;35mwhere\u{1B}[0m name == \u{1B}[32m\"é\"\u{1B}[0m")
    #expect(rendered("") == "")
  }

  @Test func highlightsMatchingBrackets() {
    #expect(
      rendered("[1]", cursor: 0) == "\u{1B}[1;7m[\u{1B}[0m\u{1B}[36m1\u{1B}[0m\u{1B}[1;7m]\u{1B}[0m"
    )
    #expect(rendered("print f\"{(1)}\"", cursor: 12).contains("\u{1B}[1;7m(\u{1B}[0m"))
  }

  @Test func keepsTheText() throws {
    let files =
      Golden.files(in: "grammar/examples/valid", ending: ".conn")
      + Golden.files(in: "grammar/examples/invalid", ending: ".conn")
    for url in files {
      let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      for cursor in stride(from: 0, to: text.utf8.count, by: 7) {
        #expect(stripped(rendered(text, cursor: cursor)) == text)
      }
    }
    for text in ["\u{202E}é“x” ~ 😀 \"", "f\"é{", "\u{0}\t\r\n", "$", "((", "'\u{301}"] {
      #expect(stripped(rendered(text, cursor: 1)) == text)
    }
  }

  /// A construct that is open in earlier lines continues in this one.
  @Test func continuesFromEarlierLines() {
    #expect(rendered("b\" | where", behind: "print \"a\n") == "\u{1B}[32mb\"\u{1B}[0m | where")
    #expect(rendered(") first", behind: "list | where (", cursor: 0).hasPrefix("\u{1B}[1;7m)"))
  }

  @Test func underlinesErrors() {
    #expect(rendered("list where nme", errors: [11..<14]).hasSuffix(" \u{1B}[4;31mnme\u{1B}[0m"))
  }
}
