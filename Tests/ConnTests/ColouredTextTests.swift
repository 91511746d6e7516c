import Engine
import Foundation
import Language
import TestSupport
import Testing

@testable import conn

@Suite struct ColouredTextTests {
  private func rendered(_ text: String, cursor: Int? = nil) -> String {
    let highlighting = Highlighting(Array(text.utf8), vocabulary: .standard)
    let pair = cursor.flatMap { highlighting.pair(at: $0) }
    return ColouredText.rendered(text, highlighting, pair: pair)
  }

  /// The text without the codes.
  private func stripped(_ text: String) -> String {
    text.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }

  @Test func codes() {
    #expect(
      rendered("list where name == \"é\"")
        == "\u{1B}[1mlist\u{1B}[0m \u{1B}[1;35mwhere\u{1B}[0m name == \u{1B}[32m\"é\"\u{1B}[0m")
    #expect(rendered("") == "")
  }

  @Test func aPairOfBrackets() {
    #expect(
      rendered("[1]", cursor: 0) == "\u{1B}[1;7m[\u{1B}[0m\u{1B}[36m1\u{1B}[0m\u{1B}[1;7m]\u{1B}[0m"
    )
    #expect(rendered("print f\"{(1)}\"", cursor: 12).contains("\u{1B}[1;7m(\u{1B}[0m"))
  }

  @Test func withoutCodesItIsTheText() throws {
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

  /// A text and the highlighting of another do not trap.
  @Test func aHighlightingOfAnotherText() {
    let highlighting = Highlighting(Array("list where connected".utf8), vocabulary: .standard)
    #expect(stripped(ColouredText.rendered("li", highlighting, pair: (0, 19))) == "li")
  }
}
