import JSON

extension Sequence<JSON.Object> {
  /// The names of each object; those of rows with the same shape only once.
  var differentNames: [[String]] {
    var (shapes, last) = (Set<Shape>(), Shape?.none)
    return compactMap { object in
      guard let row = object.row else { return object.members.map(\.name) }
      let shape = Shape(text: ObjectIdentifier(row.rows), number: row.rows.shape(of: row.index))
      guard shape != last, shapes.insert(shape).inserted else { return nil }
      last = shape
      return row.rows.names[shape.number]
    }
  }
}

/// The shape of a row of one text.
private struct Shape: Hashable {
  let text: ObjectIdentifier
  let number: Int
}
