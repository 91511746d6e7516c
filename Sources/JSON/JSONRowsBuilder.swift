/// Builds rows with the same names from the fields of a text, value by value in their order.
///
/// Most fields stay where they are: plain text becomes a JSON string once the bytes before and after it,
/// which only separate fields, are replaced by quotes. All other values are written after the text.
package struct JSONRowsBuilder: Sendable {
  private var index: JSONRowIndex
  private let width: Int
  /// The offset of the values that are written, after the text and one more quote. The first is `null`.
  private let base: Int
  private var writer = JSONWriter()
  /// The places of the quotes behind plain fields, without those where the next plain field begins.
  private var quotes: [UInt32] = []
  /// The place of the quote behind the last plain field.
  private var lastQuote: Int?

  /// `names` must differ. `count` is the number of bytes of the text.
  package init(_ names: [String], textCount count: Int) {
    index = JSONRowIndex(names)
    width = names.count
    base = count + 1
    writer.write(.null)
  }

  /// Appends the next value; after the last name, the next row begins.
  package mutating func append(_ value: JSON) {
    if case .null = value { return append(place: base) }
    beginWriting()
    writer.write(value)
  }

  /// Appends the string in a range of the text, which must be plain: see ``PlainText``. The bytes
  /// before and behind it must not be part of another value.
  package mutating func append(plainIn range: Range<Int>) {
    if lastQuote != range.lowerBound - 1 { keepLastQuote() }
    lastQuote = range.upperBound
    append(place: range.lowerBound - 1)
  }

  /// Appends a string of this UTF-8.
  package mutating func append(text: Span<UInt8>) {
    beginWriting()
    text.withUnsafeBufferPointer { writer.writeString($0) }
  }

  /// Appends an array of the texts between separators in this UTF-8; empty ones are left out.
  package mutating func append(list: Span<UInt8>, separator: UInt8) {
    beginWriting()
    var opening = UInt8(ascii: "[")
    list.withUnsafeBufferPointer { list in
      var rest = list[...]
      while !rest.isEmpty {
        let text = rest.prefix { $0 != separator }
        rest = rest[text.endIndex...].dropFirst()
        if text.isEmpty { continue }
        writer.append(opening)
        writer.writeString(UnsafeBufferPointer(rebasing: text))
        opening = UInt8(ascii: ",")
      }
    }
    if opening == UInt8(ascii: "[") { writer.append(opening) }
    writer.append(UInt8(ascii: "]"))
  }

  private mutating func beginWriting() {
    writer.append(UInt8(ascii: ","))
    append(place: base + writer.bytes.count)
  }

  @inline(__always)
  private mutating func append(place: Int) { index.append(place: place, width) }

  private mutating func keepLastQuote() {
    if let lastQuote { quotes.append(UInt32(truncatingIfNeeded: lastQuote)) }
  }

  /// Appends the rows that another builder has of a later part of the text.
  package mutating func append(_ other: JSONRowsBuilder) {
    keepLastQuote()
    quotes += other.quotes
    lastQuote = other.lastQuote
    index.append(other.index, movingFrom: base, by: writer.bytes.count)
    other.writer.bytes.withUnsafeBufferPointer { writer.append($0) }
  }

  /// Makes room for that many times the rows so far.
  package mutating func reserve(forTimes times: Int) {
    index.reserve(forTimes: times)
    writer.reserve(forTimes: times)
  }

  /// Returns the rows of the text. Throws if they are too large together.
  package consuming func rows(of text: [UInt8]) throws(JSONParser.Problem) -> JSONRows {
    try JSONParser.requireSize(base + writer.bytes.count)
    keepLastQuote()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(base + writer.bytes.count)
    bytes += text
    bytes.append(UInt8(ascii: "\""))
    bytes.withUnsafeMutableBufferPointer { bytes in
      for place in index.values where place < bytes.count { bytes[Int(place)] = UInt8(ascii: "\"") }
      for place in quotes { bytes[Int(place)] = UInt8(ascii: "\"") }
    }
    bytes += writer.bytes
    return JSONRows(bytes, index)
  }
}
