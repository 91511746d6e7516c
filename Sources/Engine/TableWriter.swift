import Language

/// Rows as aligned columns for a person.
struct TableWriter {
  let style: TextStyle
  /// The columns of the terminal; `nil` is no limit.
  let width: Int?

  private static let gap = 2
  private static let narrowest = 8

  func text(_ cells: Cells) -> String {
    guard !cells.header.isEmpty else { return "" }
    let rows = cells.rows.map { $0.map { $0.shown } }
    let widths = fitted(columnWidths([cells.header] + rows))
    let rightAligned = cells.header.indices.map { isNumeric($0, cells) }
    let head = style.paint(line(cells.header, widths, rightAligned), .bold)
    let body = rows.map { line($0, widths, rightAligned) + "\n" }.joined()
    return head + "\n" + body + style.paint(Self.rowCount(rows.count), .dim) + "\n"
  }

  private static func rowCount(_ count: Int) -> String {
    count == 1 ? "1 row" : "\(count) rows"
  }

  private func isNumeric(_ column: Int, _ cells: Cells) -> Bool {
    cells.rows.contains { $0[column].int != nil }
      && cells.rows.allSatisfy { $0[column].int != nil || $0[column].isNull }
  }

  private func columnWidths(_ rows: [[String]]) -> [Int] {
    rows[0].indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
  }

  /// Takes columns in, the widest first, until the line fits.
  private func fitted(_ widths: [Int]) -> [Int] {
    guard let width else { return widths }
    var fitted = widths
    var excess = fitted.reduce(0, +) + Self.gap * (fitted.count - 1) - width
    while excess > 0, let widest = fitted.indices.max(by: { fitted[$0] < fitted[$1] }),
      fitted[widest] > Self.narrowest
    {
      fitted[widest] -= 1
      excess -= 1
    }
    return fitted
  }

  private func line(_ cells: [String], _ widths: [Int], _ rightAligned: [Bool]) -> String {
    let padded = cells.indices.map { column in
      pad(cells[column].truncated(to: widths[column]), widths[column], right: rightAligned[column])
    }
    return padded.joined(separator: String(repeating: " ", count: Self.gap)).trimmingTrailing()
  }

  private func pad(_ text: String, _ width: Int, right: Bool) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.displayWidth))
    return right ? blanks + text : text + blanks
  }
}

/// Rows as a table of a Markdown page.
enum MarkdownWriter {
  static func text(_ cells: Cells) -> String {
    guard !cells.header.isEmpty else { return "" }
    let rule = cells.header.map { _ in "---" }
    let rows = [cells.header, rule] + cells.rows.map { $0.map { $0.shown.escapingPipes } }
    return rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }
}

extension Value {
  /// One line that hides nothing.
  fileprivate var shown: String {
    elements.map { $0.map(\.text).joined(separator: " ").escapingHiddenCharacters() }
      ?? text.escapingHiddenCharacters()
  }
}

extension String {
  fileprivate var escapingPipes: String { replacing("|", with: "\\|") }

  fileprivate func trimmingTrailing() -> String {
    String(reversed().drop { $0 == " " }.reversed())
  }

  fileprivate func truncated(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var kept = ""
    var used = 0
    for character in self {
      let next = String(character).displayWidth
      if used + next > width - 1 { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }
}
