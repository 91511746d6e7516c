import Text

/// A piece of formatted text that can be broken into lines only inside its brackets. Elsewhere a
/// line break would end the statement.
indirect enum Layout {
  case text(String)
  case row([Layout])
  case brackets(String, [Item], String, trailingComma: Bool, lastComments: [String])

  /// An element between brackets, with the comments before and after it.
  struct Item {
    let comments: [String]
    let layout: Layout
    let trailing: String?
  }

  /// `true` iff a comment prevents writing it on one line.
  var mustBreak: Bool {
    switch self {
    case .text: false
    case .row(let parts): parts.contains(where: \.mustBreak)
    case .brackets(_, let items, _, _, let last):
      !last.isEmpty
        || items.contains { !$0.comments.isEmpty || $0.trailing != nil || $0.layout.mustBreak }
    }
  }

  /// The text on one line, without comments.
  var flat: String {
    switch self {
    case .text(let text): text
    case .row(let parts): parts.map(\.flat).joined()
    case .brackets(let open, let items, let close, _, _):
      open + Self.pad(open, items) + items.map(\.layout.flat).joined(separator: ", ")
        + Self.pad(open, items) + close
    }
  }

  private static func pad(_ open: String, _ items: [Item]) -> String {
    open == "{" && !items.isEmpty ? " " : ""
  }

  /// Returns the text, broken into lines if it would exceed `width`. Lines after the first are
  /// indented by at least `indent` spaces.
  func text(indent: Int, column: Int, width: Int) -> String {
    guard mustBreak || column + flat.displayWidth > width else { return flat }
    switch self {
    case .text(let text): return text
    case .row(let parts):
      var (text, column) = ("", column)
      for part in parts {
        let piece = part.text(indent: indent, column: column, width: width)
        text += piece
        let lines = piece.split(separator: "\n", omittingEmptySubsequences: false)
        column = (lines.count > 1 ? 0 : column) + String(lines.last ?? "").displayWidth
      }
      return text
    case .brackets(let open, let items, let close, let comma, let last):
      guard !items.isEmpty || !last.isEmpty else { return open + close }
      let blanks = String(repeating: " ", count: indent + 2)
      let lines =
        items.enumerated().flatMap { index, item in
          item.lines(
            indent: indent + 2, width: width, comma: comma || index < items.count - 1)
        } + last
      return open + "\n" + lines.map { blanks + $0 + "\n" }.joined()
        + String(repeating: " ", count: indent) + close
    }
  }
}

extension Layout.Item {
  fileprivate func lines(indent: Int, width: Int, comma: Bool) -> [String] {
    let text = layout.text(indent: indent, column: indent, width: width) + (comma ? "," : "")
    return comments + [text + (trailing.map { "  " + $0 } ?? "")]
  }
}
