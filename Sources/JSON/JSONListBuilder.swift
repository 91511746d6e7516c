/// Builds a list of objects with the same names, value by value. The objects are decoded on access, as
/// those of a list that was read.
package struct JSONListBuilder {
  private var writer = JSONWriter()
  private let names: [[UInt8]]
  private var slot = 0

  package init(_ names: [String]) {
    self.names = names.map { Array((JSON.string($0).text + ":").utf8) }
    writer.append("[")
  }

  /// Appends the next value; after the last name, the next object begins.
  package mutating func append(_ value: JSON) {
    beginValue()
    writer.write(value)
    endValue()
  }

  /// Appends a string of this UTF-8.
  package mutating func append(text: Span<UInt8>) {
    beginValue()
    text.withUnsafeBufferPointer { writer.writeString($0) }
    endValue()
  }

  private mutating func beginValue() {
    if slot == 0 { writer.append(writer.bytes.count == 1 ? "{" : ",{") } else { writer.append(",") }
    names[slot].withUnsafeBufferPointer { writer.append($0) }
  }

  private mutating func endValue() {
    slot = (slot + 1) % names.count
    if slot == 0 { writer.append("}") }
  }

  /// Returns the objects. Throws if they are too large together.
  package consuming func objects() throws(JSONParser.Problem) -> [JSON.Object] {
    writer.append("]")
    return try JSONParser.parse(writer.bytes).array?.compactMap(\.object) ?? []
  }
}
