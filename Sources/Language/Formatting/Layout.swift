import Text

/// A piece of formatted text that can be broken into lines only inside its brackets. Elsewhere a
/// line break would end the statement.
struct Layout {
  fileprivate let content: Content
  /// The number of columns of the text on one line, without comments.
  let width: Int
  /// `true` iff a comment prevents writing it on one line.
  let mustBreak: Bool

  fileprivate enum Content {
    case text(String)
    case row([Layout])
    indirect case brackets(Brackets)
  }

  fileprivate struct Brackets {
    let open: String
    let items: [Item]
    let close: String
    let trailingComma: Bool
    let lastComments: [String]

    /// What stands inside of both brackets on one line.
    var pad: String { open == "{" && !items.isEmpty ? " " : "" }
  }

  /// An element between brackets, with the comments before and after it.
  struct Item {
    let comments: [String]
    let layout: Layout
    let trailing: String?

    fileprivate var mustBreak: Bool { !comments.isEmpty || trailing != nil || layout.mustBreak }
  }

  private static let separator = ", "
}

extension Layout {
  static func text(_ text: String) -> Layout {
    Layout(content: .text(text), width: text.displayWidth, mustBreak: false)
  }

  /// A row that has no brackets, and so can't be broken, is one text.
  static func row(_ parts: [Layout]) -> Layout {
    let width = parts.reduce(0) { $0 + $1.width }
    guard parts.contains(where: \.hasBrackets) else {
      return Layout(content: .text(flat(parts)), width: width, mustBreak: false)
    }
    return Layout(
      content: .row(parts), width: width, mustBreak: parts.contains(where: \.mustBreak))
  }

  private static func flat(_ parts: [Layout]) -> String {
    var text = ""
    for index in parts.indices { parts[index].write(to: &text) }
    return text
  }

  private var hasBrackets: Bool { if case .text = content { false } else { true } }

  static func brackets(
    _ open: String, _ items: [Item], _ close: String, trailingComma: Bool, lastComments: [String]
  ) -> Layout {
    let brackets = Brackets(
      open: open, items: items, close: close, trailingComma: trailingComma,
      lastComments: lastComments)
    let separators = separator.utf8.count * max(0, items.count - 1)
    let around = open.utf8.count + close.utf8.count + 2 * brackets.pad.utf8.count
    return Layout(
      content: .brackets(brackets),
      width: items.reduce(around + separators) { $0 + $1.layout.width },
      mustBreak: !lastComments.isEmpty || items.contains(where: \.mustBreak))
  }
}

extension Layout {
  /// The text on one line, without comments.
  var flat: String {
    if case .text(let text) = content { return text }
    var text = ""
    write(to: &text)
    return text
  }

  /// Appends the text on one line, without comments.
  func write(to text: inout String) {
    switch content {
    case .text(let piece): text += piece
    case .row(let parts): for index in parts.indices { parts[index].write(to: &text) }
    case .brackets(let brackets):
      text += brackets.open
      text += brackets.pad
      for index in brackets.items.indices {
        if index > 0 { text += Self.separator }
        brackets.items[index].layout.write(to: &text)
      }
      text += brackets.pad
      text += brackets.close
    }
  }

  /// Returns the text, broken into lines if it would exceed `limit`. Lines after the first are
  /// indented by at least `indent` spaces.
  func text(indent: Int, column: Int, limit: Int) -> String {
    guard mustBreak || column + width > limit else { return flat }
    switch content {
    case .text(let text): return text
    case .row(let parts):
      var (text, column) = ("", column)
      for part in parts {
        let piece = part.text(indent: indent, column: column, limit: limit)
        text += piece
        column = piece.widthBehindLastBreak ?? column + part.width
      }
      return text
    case .brackets(let brackets): return brackets.text(indent: indent, limit: limit)
    }
  }
}

extension Layout.Brackets {
  /// Returns the text with a line for each element.
  fileprivate func text(indent: Int, limit: Int) -> String {
    guard !items.isEmpty || !lastComments.isEmpty else { return open + close }
    let blanks = String(repeating: " ", count: indent + 2)
    var text = open + "\n"
    for (index, item) in items.enumerated() {
      let hasComma = trailingComma || index < items.count - 1
      for line in item.lines(indent: indent + 2, limit: limit, comma: hasComma) {
        text += blanks
        text += line
        text += "\n"
      }
    }
    for comment in lastComments { text += blanks + comment + "\n" }
    return text + blanks.dropLast(2) + close
  }
}

extension Layout.Item {
  fileprivate func lines(indent: Int, limit: Int, comma: Bool) -> [String] {
    let text = layout.text(indent: indent, column: indent, limit: limit) + (comma ? "," : "")
    return comments + [text + (trailing.map { "  " + $0 } ?? "")]
  }
}

extension String {
  /// The number of columns behind the last line break; `nil` if there is none.
  fileprivate var widthBehindLastBreak: Int? {
    guard let last = utf8.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
    let isAlone = last == utf8.startIndex || utf8[utf8.index(before: last)] != UInt8(ascii: "\r")
    guard let last = isAlone ? last : lastIndex(of: "\n") else { return nil }
    return String(self[utf8.index(after: last)...]).displayWidth
  }
}
