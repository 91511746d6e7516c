/// The characters that charts are drawn with.
package enum Glyphs: Sendable {
  /// Block characters, with a resolution of an eighth of a column.
  case blocks
  /// `#`, for terminals without Unicode.
  case ascii
}

extension Glyphs {
  /// Chooses by the environment: blocks for a UTF-8 locale, unless the terminal is `dumb`.
  package init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
      .first { !$0.isEmpty }?.lowercased()
    let isUnicode = locale.map { $0.contains("utf-8") || $0.contains("utf8") } ?? false
    self = isUnicode && environment["TERM"] != "dumb" ? .blocks : .ascii
  }

  /// Returns a bar that fills `part` (0 to 1) of `width` columns. Negative values are drawn
  /// lighter.
  func bar(_ part: Double, of width: Int, isNegative: Bool) -> String {
    guard part > 0, width > 0 else { return "" }
    switch self {
    case .blocks where !isNegative: return Self.blocks(part, of: width)
    case .blocks: return Self.cells("░", part, of: width)
    case .ascii: return Self.cells(isNegative ? "-" : "#", part, of: width)
    }
  }

  /// The symbol for null.
  var null: String { self == .blocks ? "–" : "-" }

  private static func cells(_ cell: String, _ part: Double, of width: Int) -> String {
    String(repeating: cell, count: max(1, Int((part * Double(width)).rounded())))
  }

  private static func blocks(_ part: Double, of width: Int) -> String {
    let eighths = max(1, Int((part * Double(width) * 8).rounded()))
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  private static let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
