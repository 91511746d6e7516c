/// The places of the rows of a list: for each row its shape, and where its values begin.
struct JSONRowIndex: Sendable {
  /// The place of the list in the text, with its brackets.
  var range = 0..<0
  /// `true` iff reading ended with the list, at an element that was not wanted.
  var endsText = false
  /// `true` iff that element is not an object.
  var endsWithOther = false
  var rows: [Row] = []
  /// The places of the values of all rows. A text that is read has less than 4 GiB.
  var values: [UInt32] = []
  private(set) var shapes: [Shape] = []
  private var shapesByNames: [[UInt8]: Int] = [:]
  /// For each shape, where the bytes before each value are: from the end of the previous value, or the
  /// start of the row. They are those of the last row that was read name by name.
  private(set) var separators: [[Range<Int>]] = []

  struct Row: Sendable {
    let shape: UInt32
    /// The index of its first value.
    let first: UInt32
  }

  init() {}

  /// Creates the index of rows that all have these names.
  init(_ names: [String]) {
    shapes = [Shape(names)]
  }

  /// Adds the place of a value to an index whose rows all have `width` names.
  @inline(__always)
  mutating func append(place: Int, _ width: Int) {
    if values.count == rows.count * width {
      rows.append(Row(shape: 0, first: UInt32(truncatingIfNeeded: values.count)))
    }
    values.append(UInt32(truncatingIfNeeded: place))
  }

  /// Adds a row whose values begin at `values[first]`. `key` has the names as they are written.
  mutating func add(
    key: [UInt8], names: @autoclosure () -> [String], separators: [Range<Int>], first: Int
  ) {
    let shape = shapesByNames[key] ?? shapes.count
    if shape == shapes.count {
      shapesByNames[key] = shape
      shapes.append(Shape(names()))
      self.separators.append(separators)
    } else {
      self.separators[shape] = separators
    }
    rows.append(Row(shape: UInt32(shape), first: UInt32(first)))
  }

  /// Makes room for that many times the rows so far, so that the arrays needn't grow by copying.
  mutating func reserve(forTimes times: Int) {
    guard rows.count * times < 1 << 24 else { return }
    rows.reserveCapacity(rows.count * (times + 1))
    values.reserveCapacity(values.count * (times + 1))
  }

  /// Returns where a member of a row begins; `nil` if the row has none of this name.
  func place(of name: String, in row: Int) -> Int? {
    let row = rows[row]
    return shapes[Int(row.shape)].slot(of: name).map { Int(values[Int(row.first) + $0]) }
  }

  /// Returns the first value whose shape, slot and place `body` accepts. It looks at one after the
  /// other as they are in the text, which the processor then fetches ahead.
  @inline(__always)
  func first(where body: (_ shape: Int, _ slot: Int, _ place: Int) -> Bool) -> (
    row: Int, slot: Int
  )? {
    let counts = shapes.map(\.names.count)
    return values.withUnsafeBufferPointer { values in
      for (row, start) in rows.enumerated() {
        let shape = Int(start.shape)
        for slot in 0..<counts[shape] where body(shape, slot, Int(values[Int(start.first) + slot]))
        {
          return (row, slot)
        }
      }
      return nil
    }
  }
}
