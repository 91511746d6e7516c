/// The colours of a line that readline has shown plainly, put over it character by character.
///
/// Readline knows nothing of it: every character stays where it is, and the cursor comes back to its
/// place. Wherever the place of a character is not certain there is no overpaint.
struct HighlightOverlay {
  /// A place on the screen, from the beginning of the prompt.
  private struct Place: Equatable {
    var row = 0
    var column = 0

    /// Where something of that width goes: a row that has no room for it is left.
    func fitting(_ width: Int, _ columns: Int) -> Place {
      column + width > columns ? Place(row: row + 1) : self
    }

    /// Where the next character goes: a full row goes on with the next one.
    func behind(_ scalar: Unicode.Scalar, _ width: Int, _ columns: Int) -> Place {
      scalar == "\n" || column + width >= columns
        ? Place(row: row + 1) : Place(row: row, column: column + width)
    }
  }

  private struct Glyph {
    let scalar: Unicode.Scalar
    /// Its place in the text.
    let offset: Int
    let place: Place
    /// 0 for a mark, which belongs to the character before it.
    let width: Int
  }

  private let glyphs: [Glyph]
  private let cursor: Place

  /// The text is the prompt and the line. `nil` where it does not fit the screen, or holds what a
  /// terminal does not show as one character. `width` tells the columns of a character, below 0 for
  /// one that has none.
  init?(
    _ text: String, cursor: Int, columns: Int, rows: Int,
    width: (Unicode.Scalar) -> Int
  ) {
    guard columns > 1 else { return nil }
    var place = Place()
    var glyphs: [Glyph] = []
    var offset = 0
    var cursorPlace: Place?
    for scalar in text.unicodeScalars {
      let width = scalar == "\n" ? 0 : width(scalar)
      guard width >= 0 else { return nil }
      if width > 0 { place = place.fitting(width, columns) }
      if offset == cursor { cursorPlace = place }
      if scalar != "\n" {
        glyphs.append(Glyph(scalar: scalar, offset: offset, place: place, width: width))
      }
      place = place.behind(scalar, width, columns)
      offset += UTF8.width(scalar)
    }
    guard place.row < rows else { return nil }
    self.glyphs = glyphs
    self.cursor = cursorPlace ?? place
  }

  /// Returns what is to be sent to the terminal; the ranges are in their order and apart.
  func sequence(_ styles: [PaintedRange]) -> String {
    var text = ""
    var place = cursor
    var parameters = ""
    var rest = styles[...]
    for glyph in glyphs {
      while let first = rest.first, first.range.upperBound <= glyph.offset { rest.removeFirst() }
      let wanted =
        rest.first.flatMap { $0.range.contains(glyph.offset) ? $0.parameters : nil } ?? ""
      if glyph.width > 0, glyph.place != place { text += Self.move(place, glyph.place) }
      if wanted != parameters { text += "\u{1B}[0\(wanted.isEmpty ? "" : ";" + wanted)m" }
      text.unicodeScalars.append(glyph.scalar)
      parameters = wanted
      if glyph.width > 0 {
        place = Place(row: glyph.place.row, column: glyph.place.column + glyph.width)
      }
    }
    if !parameters.isEmpty { text += "\u{1B}[0m" }
    return text.isEmpty ? "" : text + Self.move(place, cursor)
  }

  /// Source: ECMA-48, CUU, CUD and CUF.
  private static func move(_ from: Place, _ to: Place) -> String {
    let rows = to.row - from.row
    let vertical = rows == 0 ? "" : "\u{1B}[\(abs(rows))\(rows < 0 ? "A" : "B")"
    return "\r" + vertical + (to.column == 0 ? "" : "\u{1B}[\(to.column)C")
  }
}
