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
    index.shapes[shape(of: row)].names.enumerated().map { slot, name in
      JSON.Object.Member(name: name, value: value(at: place(slot, of: row)))
    }
  }

  package func member(_ name: String, of row: Int) -> JSON? {
    place(of: name, in: row).map(value)
  }

  func count(of row: Int) -> Int { index.shapes[shape(of: row)].names.count }

  /// The number of a row's shape. Rows with the same shape have the same names in the same order.
  package func shape(of row: Int) -> Int { Int(index.rows[row].shape) }

  /// The names of the members of each shape.
  package var names: [[String]] { index.shapes.map(\.names) }

  /// Returns the place of a row's value number `slot`.
  package func place(_ slot: Int, of row: Int) -> JSONPlace {
    JSONPlace(offset: Int(index.values[Int(index.rows[row].first) + slot]))
  }

  /// Returns the place of a member; `nil` if the row has none of this name.
  package func place(of name: String, in row: Int) -> JSONPlace? {
    slot(of: name, in: shape(of: row)).map { place($0, of: row) }
  }

  /// Returns the index of a name in the rows of a shape; `nil` if they don't have it.
  package func slot(of name: String, in shape: Int) -> Int? {
    index.shapes[shape].slot(of: name)
  }
}
