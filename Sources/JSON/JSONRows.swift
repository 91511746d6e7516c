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

  /// Returns the first row of a shape whose value behind the name number `slot` is of none of these
  /// kinds, and which `isFine` doesn't accept either.
  package func firstRow(
    of shape: Int, _ slot: Int, except kinds: Set<JSONPlace.Kind>,
    unless isFine: (JSONPlace) -> Bool
  ) -> Int? {
    let plain = Self.firstBytes(of: kinds)
    return bytes.withUnsafeBufferPointer { text in
      index.rows.indices.first { row in
        let place = index.rows[row]
        guard Int(place.shape) == shape else { return false }
        let offset = Int(index.values[Int(place.first) + slot])
        return !plain[Int(text[offset])] && !isFine(JSONPlace(self, offset))
      }
    }
  }

  private static func firstBytes(of kinds: Set<JSONPlace.Kind>) -> [Bool] {
    (0...255).map { kinds.contains(JSONPlace.Kind(firstByte: $0)) }
  }
}
