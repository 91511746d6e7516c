/// Builds rows with the same names, value by value.
///
/// Only the values are written, and where each begins. Nothing is read again: what ``JSONWriter``
/// writes is JSON.
package struct JSONRowsBuilder: Sendable {
  private var writer = JSONWriter()
  private var index: JSONRowIndex
  private let width: Int

  /// The names must differ.
  package init(_ names: [String]) {
    index = JSONRowIndex(names)
    width = names.count
  }

  /// Appends the next value; after the last name, the next row begins.
  package mutating func append(_ value: JSON) {
    beginValue()
    writer.write(value)
  }

  /// Appends a string of this UTF-8.
  package mutating func append(text: Span<UInt8>) {
    beginValue()
    text.withUnsafeBufferPointer { writer.writeString($0) }
  }

  /// Appends a string of this text, which must be plain: see ``PlainText``.
  package mutating func append(plain: Span<UInt8>) {
    beginValue()
    plain.withUnsafeBufferPointer { writer.writePlain($0) }
  }

  /// Appends the rows of another builder with the same names.
  package mutating func append(_ other: JSONRowsBuilder) {
    index.append(other.index, movedBy: writer.bytes.count)
    other.writer.bytes.withUnsafeBufferPointer { writer.append($0) }
  }

  /// Makes room for that many times the rows so far.
  package mutating func reserve(forTimes times: Int) {
    index.reserve(forTimes: times)
    writer.reserve(forTimes: times)
  }

  /// Appends an array of the texts between separators in this UTF-8; empty ones are left out.
  package mutating func append(list: Span<UInt8>, separator: UInt8) {
    beginValue()
    list.withUnsafeBufferPointer { list in
      writer.append(UInt8(ascii: "["))
      for (index, text) in list.split(separator: separator).enumerated() {
        if index > 0 { writer.append(UInt8(ascii: ",")) }
        writer.writeString(UnsafeBufferPointer(rebasing: text))
      }
      writer.append(UInt8(ascii: "]"))
    }
  }

  @inline(__always)
  private mutating func beginValue() {
    writer.append(UInt8(ascii: ","))
    index.append(place: writer.bytes.count, width)
  }

  /// Returns the rows. Throws if they are too large together.
  package consuming func rows() throws(JSONParser.Problem) -> JSONRows {
    try JSONParser.requireSize(of: writer.bytes)
    return JSONRows(writer.bytes, index)
  }
}
