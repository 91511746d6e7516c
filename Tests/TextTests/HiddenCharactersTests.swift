import Testing

@testable import Text

/// Which characters are hidden, and where they do their proper work.
@Suite struct HiddenCharactersTests {
  @Test(arguments: [
    "👩\u{200D}💻", "👩🏽\u{200D}💻", "❤\u{FE0F}", "❤\u{FE0F}\u{200D}🔥", "👩\u{200D}❤\u{FE0F}\u{200D}👩",
    "1\u{FE0F}\u{20E3}", "☎\u{FE0E}", "©\u{FE0F}", "می\u{200C}خواهم", "क्\u{200D}ष", "क्\u{200C}ष",
    "葛\u{E0100}", "﨑\u{FE00}", "ᠠ\u{180B}", "日本 – ü e\u{301}", "🇩🇪", "🧪",
  ])
  func showsWhatBelongs(_ text: String) {
    #expect(!text.hasHiddenCharacters)
    #expect(text.escapingHiddenCharacters() == text)
    #expect(text.quoted == "\"\(text)\"")
    #expect((text + "\n").escapingForTerminal() == text + "\n")
  }

  @Test(arguments: [
    ("adm\u{200D}in", #"adm\u{200D}in"#), ("adm\u{200C}in", #"adm\u{200C}in"#),
    ("👩\u{200D}", #"👩\u{200D}"#), ("\u{200D}👩", #"\u{200D}👩"#), ("👩\u{200D}a", #"👩\u{200D}a"#),
    ("1\u{200D}2", #"1\u{200D}2"#), ("👩\u{200D}\u{200D}👩", #"👩\u{200D}\u{200D}👩"#),
    ("می\u{200C}\u{200C}خ", #"می\u{200C}\u{200C}خ"#), ("می\u{200C}", #"می\u{200C}"#),
    ("a\u{FE0F}", #"a\u{FE0F}"#), ("1\u{FE0F}2", #"1\u{FE0F}2"#), ("\u{FE0F}", #"\u{FE0F}"#),
    ("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}\\u{FE0F}"), ("a\u{FE0F}\u{200D}👩", #"a\u{FE0F}\u{200D}👩"#),
    ("a\u{E0100}", #"a\u{E0100}"#), ("葛\u{E0100}\u{E0101}", "葛\u{E0100}\\u{E0101}"),
    ("a\u{180B}", #"a\u{180B}"#), ("pay\u{AD}pal", #"pay\u{AD}pal"#), ("\u{3164}", #"\u{3164}"#),
    ("🏴\u{E0067}\u{E007F}", #"🏴\u{E0067}\u{E007F}"#), ("\u{FFF9}a\u{FFFB}", #"\u{FFF9}a\u{FFFB}"#),
  ])
  func escapesTheRest(_ text: String, _ expected: String) {
    #expect(text.hasHiddenCharacters)
    #expect(text.escapingHiddenCharacters() == expected)
    #expect(text.escapingForTerminal() == expected)
  }

  /// Between letters of ASCII, no character of any kind is shown.
  @Test func escapesEveryCharacterOfEveryKind() {
    var count = 0
    for scalar in HiddenKind.table.flatMap(\.ranges).joined().compactMap(Unicode.Scalar.init) {
      let text = "a\(Character(scalar))b"
      #expect(text.escapingHiddenCharacters() == "a\(scalar.escaped)b")
      #expect(HiddenKind.table.count { $0.ranges.contains { $0.contains(scalar.value) } } == 1)
      count += 1
    }
    #expect(count > 4_000)
  }

  /// The characters that Unicode calls ignorable or controls are in the table, and no visible ones.
  @Test func knowsWhatUnicodeCallsIgnorable() {
    for value in 0...UInt32(0x10FFFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      let isHidden =
        properties.isDefaultIgnorableCodePoint || properties.isBidiControl
        || [.control, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
      if isHidden { #expect(HiddenKind.of(scalar) != nil, "\(scalar.escaped)") }
      if properties.generalCategory == .uppercaseLetter { #expect(HiddenKind.of(scalar) == nil) }
    }
  }
}
