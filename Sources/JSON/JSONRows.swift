/// The objects of a list in a JSON text. Their values are decoded on access.
package final class JSONRows: Sendable {
  let bytes: [UInt8]
  let index: JSONRowIndex

  init(_ bytes: [UInt8], _ index: JSONRowIndex) {
    self.bytes = bytes
    self.index = index
  }

  /// The elements of the list; `null` for the last one if reading ended there because it isn't an
  /// object.
  var elements: [JSON] {
    index.rows.indices.map { .object(self[$0]) } + (index.endsWithOther ? [JSON.null] : [])
  }

  package var count: Int { index.rows.count }

  /// The number of members of all rows.
  package var memberCount: Int { index.values.count }

  package subscript(row: Int) -> JSON.Object { JSON.Object(self, row) }

  func members(of row: Int) -> [JSON.Object.Member] {
    let shape = shape(of: row)
    return index.shapes[shape].names.enumerated().map { slot, name in
      JSON.Object.Member(name: name, value: place(slot, of: row).value)
    }
  }

  package func member(_ name: String, of row: Int) -> JSON? {
    index.shapes[shape(of: row)].slot(of: name).map { place($0, of: row).value }
  }

  /// Writes a row as ``JSONWriter`` would write its members.
  func write(_ row: Int, to writer: inout JSONWriter) {
    let place = index.rows[row]
    let names = index.shapes[Int(place.shape)].namesAsWritten
    bytes.withUnsafeBufferPointer { text in
      writer.append("{")
      for (slot, name) in names.enumerated() {
        if slot > 0 { writer.append(",") }
        name.withUnsafeBufferPointer { writer.append($0) }
        var builder = JSONBuilder(text, at: Int(index.values[Int(place.first) + slot]))
        builder.copy(to: &writer)
      }
      writer.append("}")
    }
  }

  func count(of row: Int) -> Int { index.shapes[shape(of: row)].names.count }

  /// The number of a row's shape. Rows with the same shape have the same names in the same order.
  package func shape(of row: Int) -> Int { Int(index.rows[row].shape) }

  /// The names of the members of each shape.
  package var names: [[String]] { index.shapes.map(\.names) }

  /// Returns the place of a row's value number `slot`.
  package func place(_ slot: Int, of row: Int) -> JSONPlace {
    JSONPlace(self, Int(index.values[Int(index.rows[row].first) + slot]))
  }

  /// Returns the index of a name in a row; `nil` if the row doesn't have it.
  package func slot(of name: String, in row: Int) -> Int? {
    index.shapes[shape(of: row)].slot(of: name)
  }

  /// Returns the first row in a range that has the shape and whose value number `slot` is neither of
  /// one of these kinds nor accepted by `isFine`.
  package func firstRow(
    in range: Range<Int>, of shape: Int, _ slot: Int, except kinds: JSONPlace.Kinds,
    unless isFine: (JSONPlace) -> Bool
  ) -> Int? {
    bytes.withUnsafeBufferPointer { text in
      index.firstRow(in: range, of: shape, slot) { place in
        !kinds.firstBytes[Int(text[place])] && !isFine(JSONPlace(self, place))
      }
    }
  }
}
