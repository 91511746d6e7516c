extension String {
  /// The columns that the text takes on a terminal: wide characters take two, marks none.
  package var displayWidth: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }

  /// Returns the text with C0, C1, bidirectional and zero-width characters written as `\u{…}`.
  package func escapingHiddenCharacters() -> String {
    guard unicodeScalars.contains(where: \.isHidden) else { return self }
    return unicodeScalars.map { $0.isHidden ? $0.escaped : String($0) }.joined()
  }
}

extension Character {
  var displayWidth: Int {
    let widest = unicodeScalars.map(\.displayWidth).max() ?? 0
    return unicodeScalars.contains("\u{FE0F}") ? 2 : widest
  }
}

extension Unicode.Scalar {
  /// `true` iff the character cannot be seen, or changes how its neighbours are seen.
  package var isHidden: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }

  /// The escape `\u{…}` in hexadecimal; `\n`, `\t` and `\r` by their letters.
  package var escaped: String {
    switch self {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    default: "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }

  fileprivate var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: Self.wide.contains { $0.contains(value) } ? 2 : 1
    }
  }

  /// The blocks of Unicode's EastAsianWidth.txt that are wide, and the emoji.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE,
    0x2614...0x2615, 0x2648...0x2653, 0x26A1...0x26A1, 0x26D4...0x26D4, 0x2705...0x2705,
    0x274C...0x274C, 0x2753...0x2755, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// The text as a string of the language.
  package var quoted: String {
    let escaped = unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      default: scalar.isHidden ? scalar.escaped : String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
