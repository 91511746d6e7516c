/// The objects of a list as they stand in a text. A value is made when somebody asks for it.
package final class JSONRows: Sendable {
  let bytes: [UInt8]
  let index: JSONRowIndex

  init(_ bytes: [UInt8], _ index: JSONRowIndex) {
    self.bytes = bytes
    self.index = index
  }

  /// The elements of the list. If reading ended at one that isn't an object, `null` stands for it.
  var elements: [JSON] {
    index.rows.indices.map { .object(JSON.Object(self, $0)) }
      + (index.endsWithOther ? [JSON.null] : [])
  }

  func members(of row: Int) -> [JSON.Object.Member] {
    let shape = shape(of: row)
    return index.shapes[shape].names.enumerated().map { slot, name in
      JSON.Object.Member(name: name, value: place(slot, of: row).value)
    }
  }

  func member(_ name: String, of row: Int) -> JSON? {
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

  /// The place of the value behind a row's name number `slot`.
  package func place(_ slot: Int, of row: Int) -> JSONPlace {
    JSONPlace(self, Int(index.values[Int(index.rows[row].first) + slot]))
  }

  /// The index in a row's names of one name; `nil` if it isn't there.
  package func slot(of name: String, in row: Int) -> Int? {
    index.shapes[shape(of: row)].slot(of: name)
  }

  package var count: Int { index.rows.count }

  /// Returns the first of these rows that has the shape and whose value behind the name number `slot`
  /// is of none of these kinds, and which `isFine` doesn't accept either.
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
