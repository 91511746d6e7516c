/// The objects of a list as they stand in a text. A value is made when somebody asks for it.
package final class JSONRows: Sendable {
  private let bytes: [UInt8]
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
    let place = index.rows[row]
    let names = index.shapes[Int(place.shape)].names
    return names.indices.map { slot in
      let value = value(at: Int(index.values[Int(place.first) + slot]))
      return JSON.Object.Member(name: names[slot], value: value)
    }
  }

  func member(_ name: String, of row: Int) -> JSON? { index.place(of: name, in: row).map(value) }

  private func value(at place: Int) -> JSON {
    bytes.withUnsafeBufferPointer { text in
      var builder = JSONBuilder(text, at: place)
      return builder.value()
    }
  }
}
