/// A kind of characters that are invisible, or that change how their neighbours are displayed. Text from
/// outside could use them to look like other text, or to control a terminal.
///
/// Sources: Unicode 16, DerivedCoreProperties.txt (`Default_Ignorable_Code_Point`); Unicode Technical
/// Standard 55, "Unicode Source Code Handling"; Boucher and Anderson, "Trojan Source" (2021).
package struct HiddenKind: Sendable {
  package let name: String
  package let ranges: [ClosedRange<UInt32>]
  /// Returns `true` iff such a character does its proper work between these neighbours.
  let belongs: @Sendable (Neighbours) -> Bool

  /// The characters around one.
  struct Neighbours {
    var earlier: Unicode.Scalar?
    var before: Unicode.Scalar?
    var after: Unicode.Scalar?
  }

  private init(
    _ name: String, _ ranges: [ClosedRange<UInt32>],
    unless belongs: @escaping @Sendable (Neighbours) -> Bool = { _ in false }
  ) {
    self.name = name
    self.ranges = ranges
    self.belongs = belongs
  }

  package static let table: [HiddenKind] = [
    HiddenKind("control characters", [0...0x1F, 0x7F...0x9F]),
    HiddenKind("directions", [0x061C...0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069]),
    HiddenKind("separators", [0x2028...0x2029]),
    HiddenKind(
      "blanks without width", [0x200B...0x200B, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF...0xFEFF]),
    HiddenKind("non-joiner", [0x200C...0x200C]) { $0.joinLetters },
    HiddenKind("joiner", [0x200D...0x200D]) { $0.joinEmoji || $0.joinLetters },
    HiddenKind("soft hyphen", [0xAD...0xAD]),
    HiddenKind("grapheme joiner", [0x034F...0x034F]),
    HiddenKind(
      "fillers",
      [0x115F...0x1160, 0x17B4...0x17B5, 0x2800...0x2800, 0x3164...0x3164, 0xFFA0...0xFFA0]),
    HiddenKind("Mongolian selectors", [0x180B...0x180D, 0x180F...0x180F]) { $0.varyMongolian },
    HiddenKind("Mongolian vowel separator", [0x180E...0x180E]),
    HiddenKind("ideographic selectors", [0xFE00...0xFE02, 0xE0100...0xE01EF]) { $0.varyIdeograph },
    HiddenKind("other selectors", [0xFE03...0xFE0D]),
    HiddenKind("emoji selectors", [0xFE0E...0xFE0F]) { $0.varyEmoji },
    HiddenKind("annotations", [0xFFF9...0xFFFB]),
    HiddenKind("shorthand and music controls", [0x1BCA0...0x1BCA3, 0x1D173...0x1D17A]),
    HiddenKind("tags", [0xE0000...0xE007F]),
    HiddenKind(
      "reserved as ignorable", [0xFFF0...0xFFF8, 0xE0080...0xE00FF, 0xE01F0...0xE0FFF]),
  ]

  /// Returns the kind of a character; `nil` if it is never hidden.
  static func of(_ scalar: Unicode.Scalar) -> HiddenKind? {
    if scalar.isPrintableASCII { return nil }
    return table.first { $0.ranges.contains { $0.contains(scalar.value) } }
  }
}

extension HiddenKind.Neighbours {
  /// `true` for emoji that form one, such as a family.
  fileprivate var joinEmoji: Bool {
    let first = before == "\u{FE0F}" ? earlier : before
    return first?.isPictograph == true && after?.isPictograph == true
  }

  /// `true` between letters of a script whose letters change their shape beside each other. Source: RFC
  /// 5892, appendix A.1 and A.2, by blocks instead of joining types.
  fileprivate var joinLetters: Bool {
    before?.isInJoiningScript == true && after?.isInJoiningScript == true
  }

  fileprivate var varyEmoji: Bool {
    guard let before else { return false }
    let isKeycap = "0123456789#*".unicodeScalars.contains(before) && after == "\u{20E3}"
    return before.isPictograph || isKeycap
  }

  fileprivate var varyIdeograph: Bool { before?.properties.isIdeographic == true }

  fileprivate var varyMongolian: Bool {
    before.map { (0x1820...0x18AA).contains($0.value) } ?? false
  }
}

extension Unicode.Scalar {
  /// `true` for the characters of ASCII that are never hidden.
  package var isPrintableASCII: Bool { (0x20..<0x7F).contains(value) }

  fileprivate var isPictograph: Bool { value > 0x7F && properties.isEmoji }

  /// `true` for letters and marks of cursive scripts and of scripts with conjuncts.
  fileprivate var isInJoiningScript: Bool {
    let isPart = properties.isAlphabetic || properties.canonicalCombiningClass != .notReordered
    return isPart && HiddenKind.joiningScripts.contains { $0.contains(value) }
  }
}

extension HiddenKind {
  /// Arabic, Syriac, N'Ko and Mandaic; the scripts of India and Sri Lanka; Tibetan and Burmese; Khmer and
  /// Mongolian; the forms of Arabic letters.
  fileprivate static let joiningScripts: [ClosedRange<UInt32>] = [
    0x0600...0x08FF, 0x0900...0x0DFF, 0x0F00...0x109F, 0x1780...0x18AF, 0xA8E0...0xA8FF,
    0xFB50...0xFDFF, 0xFE70...0xFEFC, 0x11000...0x11FFF,
  ]
}
