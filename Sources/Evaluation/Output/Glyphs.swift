/// What a chart can be drawn with.
package enum Glyphs: Sendable {
  /// Blocks, to the eighth of a column.
  case blocks
  /// `#`, where the terminal has nothing else.
  case ascii
}

extension Glyphs {
  /// Chooses by the process's environment: a locale in UTF-8 has the blocks, a dumb terminal has not.
  package init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
      .first { !$0.isEmpty }?.lowercased()
    let isUnicode = locale.map { $0.contains("utf-8") || $0.contains("utf8") } ?? false
    self = isUnicode && environment["TERM"] != "dumb" ? .blocks : .ascii
  }

  /// Returns a bar of a part of `width` columns. What is below zero is drawn paler.
  func bar(_ part: Double, of width: Int, isNegative: Bool) -> String {
    guard part > 0, width > 0 else { return "" }
    switch self {
    case .blocks where !isNegative: return Self.blocks(part, of: width)
    case .blocks: return Self.cells("░", part, of: width)
    case .ascii: return Self.cells(isNegative ? "-" : "#", part, of: width)
    }
  }

  /// What stands for null.
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
