import Testing

@testable import Text

/// What a terminal may be given.
@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("", ""), ("plain — ü 日本\n\tx\n", "plain — ü 日本\n\tx\n"), ("a,b\r\nc\r\n", "a,b\r\nc\r\n"),
    ("over\rwritten", #"over\rwritten"#), ("\u{1B}[2J", #"\u{1B}[2J"#),
    ("\u{1B}]0;title\u{7}", #"\u{1B}]0;title\u{7}"#), ("\u{9B}31m", #"\u{9B}31m"#),
    ("\u{202E}evil", #"\u{202E}evil"#), ("zero\u{200B}width", #"zero\u{200B}width"#),
    ("\u{0}", #"\u{0}"#), ("\u{1B}[31", #"\u{1B}[31"#), ("\u{1B}", #"\u{1B}"#),
    (#"\u{1B}[2J"#, #"\u{1B}[2J"#), ("\u{1B}[8m", #"\u{1B}[8m"#),
  ])
  func escapesHiddenCharacters(_ text: String, _ expected: String) {
    #expect(text.escapingForTerminal() == expected)
    #expect(expected.escapingForTerminal() == expected)
  }

  @Test(arguments: TextStyle.Color.allCases)
  func keepsColours(_ color: TextStyle.Color) {
    let text = TextStyle.colored.paint("error", color)
    #expect(text.unicodeScalars.first == "\u{1B}")
    #expect((text + "\u{1B}[2J").escapingForTerminal() == text + #"\u{1B}[2J"#)
  }
}
