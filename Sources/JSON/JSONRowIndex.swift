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
    let shape = shape(key, Shape(names()), separators)
    rows.append(Row(shape: UInt32(shape), first: UInt32(first)))
  }

  /// Returns the index of the shape with these names; the separators are its latest.
  private mutating func shape(
    _ key: [UInt8], _ new: @autoclosure () -> Shape, _ separators: [Range<Int>]
  ) -> Int {
    if let shape = shapesByNames[key] {
      self.separators[shape] = separators
      return shape
    }
    shapesByNames[key] = shapes.count
    shapes.append(new())
    self.separators.append(separators)
    return shapes.count - 1
  }

  /// Appends the rows of the index of a later part of the same text.
  mutating func append(_ other: JSONRowIndex) {
    if rows.isEmpty { return self = other }
    let (before, shapes) = (
      UInt32(values.count), other.shapesByNames.sorted { $0.value < $1.value }
    )
    let own = shapes.map {
      UInt32(shape($0.key, other.shapes[$0.value], other.separators[$0.value]))
    }
    rows += other.rows.lazy.map { Row(shape: own[Int($0.shape)], first: $0.first + before) }
    values += other.values
    endsWithOther = other.endsWithOther
  }

  /// Appends the rows of an index with the same names. Values behind `start` have been moved.
  mutating func append(_ other: JSONRowIndex, movingFrom start: Int, by distance: Int) {
    let before = UInt32(truncatingIfNeeded: values.count)
    let (start, distance) = (
      UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: distance)
    )
    rows += other.rows.lazy.map { Row(shape: $0.shape, first: $0.first &+ before) }
    values += other.values.lazy.map { $0 < start ? $0 : $0 &+ distance }
  }

  /// Makes room for rows like those so far, which end at `offset`, up to the end of the text, so that
  /// the arrays needn't grow by copying.
  mutating func reserve(upTo end: Int, from offset: Int) {
    let start = Int(values.first ?? 0)
    reserve(forTimes: (end - start) / max(offset - start, 1))
  }

  /// Makes room for that many times the rows so far, unless they would be very many.
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
}
