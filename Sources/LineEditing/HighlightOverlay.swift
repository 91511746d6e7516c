/// Repaints a line in colour, character by character, over the plain line that readline has shown.
///
/// Readline doesn't notice: every character stays where it is, and the cursor returns to its place.
/// If the position of a character is uncertain, nothing is repainted.
struct HighlightOverlay {
  /// A position on the screen, relative to the start of the prompt.
  private struct Cell: Equatable {
    var row = 0
    var column = 0

    /// The position for a character of that width: the next row if this one has no room for it.
    func fitting(_ width: Int, _ columns: Int) -> Cell {
      column + width > columns ? Cell(row: row + 1) : self
    }

    /// The position after a character: the next row if this one is full.
    func behind(_ scalar: Unicode.Scalar, _ width: Int, _ columns: Int) -> Cell {
      scalar == "\n" || column + width >= columns
        ? Cell(row: row + 1) : Cell(row: row, column: column + width)
    }
  }

  private struct Glyph {
    let scalar: Unicode.Scalar
    /// Its offset in the text's UTF-8.
    let offset: Int
    let cell: Cell
    /// Its width in columns; 0 for a mark, which belongs to the character before it.
    let width: Int
  }

  private let glyphs: [Glyph]
  private let cursor: Cell
  private let columns: Int

  /// Lays out a text, which is the prompt and the line. `nil` if it doesn't fit on the screen, or
  /// contains something that a terminal doesn't show as one character. `width` returns the columns
  /// of a character, and a negative number for one that can't be shown.
  init?(
    _ text: String, cursor: Int, columns: Int, rows: Int,
    width: (Unicode.Scalar) -> Int
  ) {
    guard columns > 1 else { return nil }
    var cell = Cell()
    var glyphs: [Glyph] = []
    var offset = 0
    var cursorCell: Cell?
    for scalar in text.unicodeScalars {
      let width = scalar == "\n" ? 0 : width(scalar)
      guard width >= 0 else { return nil }
      if width > 0 { cell = cell.fitting(width, columns) }
      if offset == cursor { cursorCell = cell }
      if scalar != "\n" {
        glyphs.append(Glyph(scalar: scalar, offset: offset, cell: cell, width: width))
      }
      cell = cell.behind(scalar, width, columns)
      offset += UTF8.width(scalar)
    }
    guard cell.row < rows else { return nil }
    self.glyphs = glyphs
    self.columns = columns
    self.cursor = cursorCell ?? cell
  }

  /// The number of rows that a text needs. A character that can't be shown counts as two columns, as
  /// readline shows it.
  static func height(of text: String, columns: Int, width: (Unicode.Scalar) -> Int) -> Int {
    var cell = Cell()
    for scalar in text.unicodeScalars {
      let width = scalar == "\n" ? 0 : width(scalar)
      let shown = width < 0 ? 2 : width
      if shown > 0 { cell = cell.fitting(shown, columns) }
      cell = cell.behind(scalar, shown, columns)
    }
    return cell.row + 1
  }

  /// Returns the text to send to the terminal. The ranges must be in order and must not overlap.
  func sequence(_ styles: [PaintedRange]) -> String {
    var text = ""
    var cell = cursor
    var parameters = ""
    var rest = styles[...]
    for glyph in glyphs {
      while let first = rest.first, first.range.upperBound <= glyph.offset { rest.removeFirst() }
      let wanted =
        rest.first.flatMap { $0.range.contains(glyph.offset) ? $0.parameters : nil } ?? ""
      if glyph.width > 0, glyph.cell != cell { text += Self.move(cell, glyph.cell) }
      if wanted != parameters { text += "\u{1B}[0\(wanted.isEmpty ? "" : ";" + wanted)m" }
      text.unicodeScalars.append(glyph.scalar)
      parameters = wanted
      if glyph.width > 0 {
        cell = Cell(row: glyph.cell.row, column: glyph.cell.column + glyph.width)
      }
    }
    if !parameters.isEmpty { text += "\u{1B}[0m" }
    return text.isEmpty ? "" : text + Self.move(cell, cursor)
  }

  /// The columns that are free after the cursor in its row, except the last, where a terminal's cursor
  /// may stay or go on to the next row.
  var columnsAfterCursor: Int { max(0, columns - 1 - cursor.column) }

  /// The sequence that moves the cursor. Source: ECMA-48, CUU, CUD and CUF.
  private static func move(_ from: Cell, _ to: Cell) -> String {
    let rows = to.row - from.row
    let vertical = rows == 0 ? "" : "\u{1B}[\(abs(rows))\(rows < 0 ? "A" : "B")"
    return "\r" + vertical + (to.column == 0 ? "" : "\u{1B}[\(to.column)C")
  }
}
