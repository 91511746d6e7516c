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

extension JSONRows {
  /// Reads rows without counting references. Threads that read the same rows would otherwise wait for
  /// each other at every value.
  package struct Reader {
    private let text: UnsafeBufferPointer<UInt8>
    private let rows: UnsafeBufferPointer<JSONRowIndex.Row>
    private let values: UnsafeBufferPointer<UInt32>

    fileprivate init(
      _ text: UnsafeBufferPointer<UInt8>, _ rows: UnsafeBufferPointer<JSONRowIndex.Row>,
      _ values: UnsafeBufferPointer<UInt32>
    ) {
      (self.text, self.rows, self.values) = (text, rows, values)
    }

    /// The number of a row's shape. Rows with the same shape have the same names in the same order.
    package func shape(of row: Int) -> Int { Int(rows[row].shape) }

    /// Returns the place of a row's value number `slot`.
    package func place(_ slot: Int, of row: Int) -> JSONPlace {
      JSONPlace(offset: Int(values[Int(rows[row].first) + slot]))
    }

    package func kind(at place: JSONPlace) -> JSONPlace.Kind {
      .init(firstByte: text[place.offset])
    }

    package func value(at place: JSONPlace) -> JSON {
      var builder = JSONBuilder(text, at: place.offset)
      return builder.value()
    }

    /// Returns an integer without fraction and exponent that fits into 64 bits; `nil` for any other
    /// value.
    package func integer(at place: JSONPlace) -> Int64? {
      JSONBuilder(text, at: place.offset).integer()
    }

    /// Returns the positive integer whose digits are the text of a string, without leading zeros, if it
    /// fits into 64 bits; `nil` for any other value.
    package func digits(at place: JSONPlace) -> Int64? {
      JSONBuilder(text, at: place.offset).digits()
    }

    /// Returns whether `body` accepts the UTF-8 of a string; `nil` for any other value.
    package func withText(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
      guard kind(at: place) == .string else { return nil }
      var builder = JSONBuilder(text, at: place.offset)
      return builder.withString { body($0.span) }
    }

    /// Returns whether `body` accepts the text of a scalar that is written as it is: a string without
    /// escapes, of ASCII alone, or a word such as `12` or `true`; `nil` for any other value.
    package func withPlainText(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
      JSONBuilder(text, at: place.offset).plainText().map { body($0.span) }
    }

    /// Returns whether `body` accepts the UTF-8 of an element of an array of strings; `nil` for any
    /// other value.
    package func contains(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
      guard kind(at: place) == .array else { return nil }
      var builder = JSONBuilder(text, at: place.offset)
      return builder.contains(body)
    }
  }

  /// Calls `body` with a reader, which must not be used afterwards.
  @inline(__always)
  package func withReader<T, E>(_ body: (Reader) throws(E) -> T) throws(E) -> T {
    try bytes.withUnsafeBufferPointer { text throws(E) in
      try index.rows.withUnsafeBufferPointer { rows throws(E) in
        try index.values.withUnsafeBufferPointer { values throws(E) in
          try body(Reader(text, rows, values))
        }
      }
    }
  }

  /// Splits the rows into parts, and returns what `body` returns for each. Calls run at the same time.
  package func inParts<Result: Sendable>(
    _ body: @Sendable (Reader, Range<Int>) -> Result
  ) -> [Result] {
    Parallel.map(count, least: 10_000) { range in withReader { body($0, range) } }
  }

  /// Returns the index of a name in the rows of each shape; `nil` where they don't have it.
  package func slots(of name: String) -> [Int?] { index.shapes.map { $0.slot(of: name) } }

  package func kind(at place: JSONPlace) -> JSONPlace.Kind { withReader { $0.kind(at: place) } }

  package func value(at place: JSONPlace) -> JSON { withReader { $0.value(at: place) } }

  /// See ``Reader/withText(at:_:)``.
  package func withText(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
    withReader { $0.withText(at: place, body) }
  }

  /// See ``Reader/withPlainText(at:_:)``.
  package func withPlainText(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
    withReader { $0.withPlainText(at: place, body) }
  }

  /// See ``Reader/contains(at:_:)``.
  package func contains(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
    withReader { $0.contains(at: place, body) }
  }
}
