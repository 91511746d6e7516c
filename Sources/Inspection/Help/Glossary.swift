import Text

/// Lays out terms and their explanations in columns; the last column is wrapped.
struct Glossary {
  /// The lines, without line endings.
  let lines: [String]

  private static let gap = 2
  /// If the last column has less room than this, its cells go below the others.
  private static let minRoom = 28
  /// A cell wider than this (last column excluded) gets a line of its own.
  private static let longestTerm = 34

  /// All `rows` must have the same number of cells. A `width` of `nil` means no limit.
  init(_ rows: [[String]], style: TextStyle, width: Int?, indent: Int = 2) {
    let count = (rows.first?.count ?? 1) - 1
    let widths = (0..<count).map { column in
      Self.width(rows.map { $0[column] })
    }
    let taken = widths.reduce(indent) { $0 + $1 + Self.gap }
    let isStacked = width.map { $0 - taken < Self.minRoom } ?? false
    let columns = Columns(
      style: style, width: width, indent: indent, widths: widths,
      last: isStacked ? indent + 2 * Self.gap : taken, isStacked: isStacked)
    lines = rows.flatMap { columns.lines($0) }
  }

  /// Returns the width of the widest cell that is not too long.
  private static func width(_ cells: [String]) -> Int {
    cells.map(\.displayWidth).filter { $0 <= longestTerm }.max() ?? 0
  }

  private struct Columns {
    let style: TextStyle
    let width: Int?
    let indent: Int
    let widths: [Int]
    /// The offset at which the last column starts.
    let last: Int
    let isStacked: Bool

    func lines(_ row: [String]) -> [String] {
      let terms = row.dropLast()
      let isLong = zip(terms, widths).contains { $0.displayWidth > $1 }
      let words = (row.last ?? "").wrapped(to: width.map { max(10, $0 - last) })
      let others = words.map { (blanks(last) + $0).trimmingTrailing() }
      if isStacked || isLong { return titles(terms) + others.filter { !$0.isEmpty } }
      let cells = zip(terms, widths).enumerated().map { index, cell in
        let padded = cell.0.padded(to: cell.1 + Glossary.gap)
        return index == 0 ? style.paint(padded, .bold) : padded
      }
      let first = blanks(indent) + cells.joined() + (words.first ?? "")
      return [first.trimmingTrailing()] + others.dropFirst()
    }

    /// Returns the terms on lines of their own.
    private func titles(_ terms: ArraySlice<String>) -> [String] {
      let text = terms.joined(separator: blanks(Glossary.gap)).trimmingTrailing()
      return text.wrapped(to: width.map { max(10, $0 - indent) })
        .map { blanks(indent) + style.paint($0, .bold) }
    }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
  }
}
