/// Leaves out the header of CSV that has the same columns as the CSV before it, so that several
/// results of a run are one table.
package struct CSVContinuation: Sendable {
  private var header: [UInt8] = []

  package init() {}

  /// Returns the text without its header if the last text had the same one.
  package mutating func continued(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let end = Self.endOfHeader(bytes)
    defer { header = Array(bytes[..<end]) }
    guard !bytes.isEmpty, bytes[..<end].elementsEqual(header) else { return text }
    return String(decoding: bytes[end...], as: UTF8.self)
  }

  /// Returns the offset after the first line break outside of quotes.
  private static func endOfHeader(_ bytes: [UInt8]) -> Int {
    var isQuoted = false
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { return index + 1 }
    }
    return bytes.count
  }
}
