import Language
import Text

/// Writes rows as aligned columns.
package struct TableWriter {
  let style: TextStyle
  /// The terminal width in columns; `nil` means no limit.
  let width: Int?
  /// The text of the last line; `nil` prints the number of rows.
  var summary: String?

  package init(style: TextStyle, width: Int?, summary: String? = nil) {
    self.style = style
    self.width = width
    self.summary = summary
  }

  package func text(_ cells: Cells) -> String {
    guard !cells.header.isEmpty else { return "" }
    let rows = cells.rows.map { $0.map { $0.shown } }
    let header = cells.header.map { $0.escapingHiddenCharacters() }
    let fit = fit(cells, [header] + rows)
    let rightAligned = cells.header.indices.map { isNumeric($0, cells) }
    let head = style.paint(line(Self.shortened(header, fit), fit, rightAligned), .bold)
    let body = rows.flatMap { lines(of: $0, cells.header, fit) }
      .map { line($0, fit, rightAligned) + "\n" }.joined()
    return head + "\n" + body + foot(cells, fit)
  }

  /// `true` iff the columns don't fit, even if long texts are cut. Whole connections show fewer columns
  /// instead, but never without a reason.
  func isTooWide(_ cells: Cells) -> Bool {
    guard let width else { return false }
    let lines =
      [cells.header.map { $0.escapingHiddenCharacters() }]
      + cells.rows.map { $0.map(\.shown) }
    let needed = cells.header.indices.compactMap { index in
      ColumnFit.need(
        of: cells.header[index], natural: lines.map { $0[index].displayWidth }.max() ?? 0,
        isRigid: isNumeric(index, cells), areWholeConnections: cells.areWholeConnections)
    }
    return needed.reduce(0, +) + ColumnFit.gap * max(0, needed.count - 1) > width
  }

  private func fit(_ cells: Cells, _ lines: [[String]]) -> ColumnFit {
    let columns = cells.header.enumerated().map { index, name in
      let natural = lines.map { $0[index].displayWidth }.max() ?? 0
      return ColumnFit.Column(
        natural: natural,
        least: ColumnFit.least(
          of: name, cells.rows.map { $0[index] }, natural: natural,
          areWholeConnections: cells.areWholeConnections),
        rank: ColumnFit.rank(
          of: name, at: index, areWholeConnections: cells.areWholeConnections),
        isWrapped: ColumnFit.reasons.contains(name))
    }
    return ColumnFit(columns, width: width)
  }

  /// Returns the names of the columns, shortened to their widths so that no two look the same: at
  /// the end, or else at the front, or else with their numbers.
  private static func shortened(_ header: [String], _ fit: ColumnFit) -> [String] {
    let widths = Dictionary(uniqueKeysWithValues: zip(fit.shown, fit.widths))
    let ways: [(Int, Int) -> String] = [
      { header[$0].truncated(to: $1) },
      { String(String(header[$0].reversed()).truncated(to: $1).reversed()) },
      { index, width in
        let number = String(index + 1)
        return header[index].truncated(to: max(1, width - number.utf8.count)) + number
      },
    ]
    for way in ways {
      let names = widths.map { way($0.key, $0.value) }
      guard Set(names).count == names.count else { continue }
      return header.indices.map { index in widths[index].map { way(index, $0) } ?? "" }
    }
    return header
  }

  private func isNumeric(_ column: Int, _ cells: Cells) -> Bool {
    cells.rows.contains { $0[column].int != nil }
      && cells.rows.allSatisfy { $0[column].int != nil || $0[column].isNull }
  }

  /// Returns the lines of a row: more than one if a text goes on below.
  private func lines(of row: [String], _ header: [String], _ fit: ColumnFit) -> [[String]] {
    let wrapped = zip(fit.shown, fit.widths).filter { index, width in
      ColumnFit.reasons.contains(header[index]) && row[index].displayWidth > width
    }.map { (index: $0, lines: row[$0].wrapped(to: $1)) }
    return (0..<max(1, wrapped.map(\.lines.count).max() ?? 1)).map { number in
      var cells = number == 0 ? row : row.map { _ in "" }
      for (index, lines) in wrapped { cells[index] = number < lines.count ? lines[number] : "" }
      return cells
    }
  }

  private func line(_ cells: [String], _ fit: ColumnFit, _ rightAligned: [Bool]) -> String {
    zip(fit.shown, fit.widths).map { index, width in
      cells[index].truncated(to: width).padded(to: width, right: rightAligned[index])
    }.joined(separator: String(repeating: " ", count: ColumnFit.gap)).trimmingTrailing()
  }

  // MARK: The last line

  /// Returns the last line: the number of rows, and the columns the terminal was too narrow for.
  private func foot(_ cells: Cells, _ fit: ColumnFit) -> String {
    let count = summary ?? cells.rows.count.counted("row")
    let names = fit.leftOut.map { cells.header[$0].escapingHiddenCharacters() }
    let wayOut = cells.areWholeConnections ? "select them, or show as record" : "show as record"
    let text =
      names.isEmpty
      ? count : "\(count); hidden columns: \(names.joined(separator: ", ")) – \(wayOut)"
    return text.wrapped(to: width).map { style.paint($0, .dim) + "\n" }.joined()
  }
}

extension Value {
  /// The value on one line, with hidden characters escaped.
  var shown: String {
    elements.map { $0.map(\.text).joined(separator: " ").escapingHiddenCharacters() }
      ?? text.escapingHiddenCharacters()
  }
}
