import Foundation
import Text

/// Names that try to look like other names, or to control a terminal.
struct HostileText: Sendable {
  let texts: [String]

  /// Returns the names for characters of the kinds: all of them, or the first and last of each range.
  static func names(ofAll isWhole: Bool) -> HostileText {
    let scalars = HiddenKind.table.flatMap(\.ranges).flatMap { range in
      isWhole ? Array(range) : Array(Set([range.lowerBound, range.upperBound])).sorted()
    }.compactMap(Unicode.Scalar.init).map { String(Character($0)) }
    let contexts: [@Sendable (String) -> String] = [
      { "nm\($0)b" }, { "\($0)nm" }, { "nm \($0)" }, { "nm\($0)\($0)👩" },
    ]
    return HostileText(texts: (scalars + sequences).flatMap { text in contexts.map { $0(text) } })
  }

  /// Returns the texts in parts, since a run shows some thousand names in reasonable time.
  var parts: [HostileText] {
    stride(from: 0, to: texts.count, by: 1_000).map {
      HostileText(texts: Array(texts[$0..<min($0 + 1_000, texts.count)]))
    }
  }

  /// Whole attacks: colours that the program itself uses, titles, links, faked lines and markup.
  private static let sequences = [
    "\u{1B}[31mred", "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{1B}]8;;http://x\u{1B}\\", "x\nFAKED",
    "x\r\nFAKED", "x\rFAKED", "\u{202E}live\u{202C}", "x\u{2028}FAKED", "x\u{85}FAKED", "\u{9B}31m",
  ]

  /// Names whose hidden characters do their proper work.
  static let proper = [
    "👩\u{200D}💻", "می\u{200C}خواهم", "क्\u{200D}ष", "1\u{FE0F}\u{20E3}", "葛\u{E0100}",
  ]

  /// The data of a simulated workspace with a connection for each text, last the proper ones.
  var workspace: Data {
    get throws {
      let rows = (texts + Self.proper).enumerated().map { index, text -> [String: Any] in
        [
          "id": index + 1, "name": text, "description": text, "external_id": text,
          "application": "jira", "tags": ["tag-\(index)"],
        ]
      }
      let tags = (texts + Self.proper).enumerated().map { index, text in
        ["handle": "tag-\(index)", "title": text + "\(index)"]
      }
      return try JSONSerialization.data(withJSONObject: ["connections": rows, "tags": tags])
    }
  }

  /// Returns what a terminal must not get: hidden characters, and lines that a name has faked.
  static func traces(in output: String) -> Set<String> {
    // CSV ends its lines with a carriage return, and the terminal adds one.
    let text = output.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).trimmingEnd { $0 == "\r" } }.joined(separator: "\n")
    let scalars = Array(text.unicodeScalars)
    let hidden = HiddenCharacters(scalars)
    let found = scalars.indices.compactMap { index -> String? in
      ["\n", "\t"].contains(scalars[index])
        ? nil
        : hidden.kind(at: index).map { kind in
          "\(kind.name): \(scalars[index].escaped)"
        }
    }
    let faked = output.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("FAKED") }
    return Set(found + faked.map(String.init))
  }
}
