import JSON
import Language
import Text

/// Writes rows as horizontal bars. A line contains the other columns, a bar, and its number.
package struct ChartWriter {
  let style: TextStyle
  /// The terminal width in columns.
  let width: Int
  let glyphs: Glyphs

  package init(style: TextStyle, width: Int, glyphs: Glyphs) {
    self.style = style
    self.width = width
    self.glyphs = glyphs
  }

  /// The width without a terminal.
  package static let standardWidth = 80

  private static let gap = "  "
  private static let shortestLabel = 4
  private static let shortestBar = 10

  /// One row of the chart.
  private struct Bar {
    let label: String
    let number: String
    /// The number to draw; `nil` if there is none.
    let amount: Double?
  }

  /// Returns the chart, ending with a newline; empty if the schema has no numeric column.
  package func text(_ set: RowSet) -> String {
    guard let slot = set.schema.measure else { return "" }
    guard !set.rows.isEmpty else { return style.paint("0 rows", .dim) + "\n" }
    let labels = set.schema.columns.indices.filter { $0 != slot }
    let bars = set.rows.map { bar(set, $0, labels, slot) }
    let names = labels.map { set.schema.columns[$0].name.escapingHiddenCharacters() }
    let head = Bar(
      label: names.joined(separator: ", "),
      number: set.schema.columns[slot].name.escapingHiddenCharacters(), amount: nil)
    return lines(head, bars).map { $0.trimmingTrailing() + "\n" }.joined()
  }

  private func bar(_ set: RowSet, _ row: Row, _ labels: [Int], _ slot: Int) -> Bar {
    let texts = labels.map { slot in
      let value = set.shown(row, slot)
      return value.isNull ? glyphs.null : value.shown
    }
    let value = set.shown(row, slot)
    return Bar(
      label: texts.joined(separator: ", "), number: value.isNull ? glyphs.null : value.shown,
      amount: value.amount)
  }

  // MARK: Layout

  private func lines(_ head: Bar, _ bars: [Bar]) -> [String] {
    let numbers = ([head] + bars).map(\.number.displayWidth).max() ?? 0
    let natural = ([head] + bars).map(\.label.displayWidth).max() ?? 0
    let gaps = Self.gap.utf8.count * (natural > 0 ? 2 : 1)
    let room = width - numbers - gaps
    let label = min(natural, max(Self.shortestLabel, min(width / 2, room - Self.shortestBar)))
    guard room - label > 0 else { return bars.flatMap(stacked) }
    let most = bars.compactMap { $0.amount?.magnitude }.max() ?? 0
    let columns = (label: label, bar: room - label, number: numbers)
    return [style.paint(line(head, columns, most), .bold)] + bars.map { line($0, columns, most) }
  }

  private func line(_ bar: Bar, _ columns: (label: Int, bar: Int, number: Int), _ most: Double)
    -> String
  {
    let amount = bar.amount ?? 0
    let drawn = glyphs.bar(
      most > 0 ? amount.magnitude / most : 0, of: columns.bar, isNegative: amount < 0)
    let label = bar.label.truncated(to: columns.label).padded(to: columns.label)
    return label + (columns.label > 0 ? Self.gap : "") + drawn.padded(to: columns.bar) + Self.gap
      + bar.number.padded(to: columns.number, right: true)
  }

  /// Returns the lines for a terminal without room for bars: the number below its label.
  private func stacked(_ bar: Bar) -> [String] {
    [bar.label.truncated(to: max(1, width)), bar.number.padded(to: width, right: true)]
  }
}

extension Value {
  /// The number that decides the length of the bar; `nil` if the value is not a number.
  fileprivate var amount: Double? {
    switch unwrapped {
    case .int(let number): Double(number)
    case .json(.number(let lexeme)): Double(lexeme).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }
}
