/// Leaves out the header of CSV that has the same columns as the CSV before it, so that several
/// results of a run are one table.
package struct CSVContinuation: Sendable {
  private var header: [UInt8] = []

  package init() {}

  /// Returns the text without its header if the last text had the same one.
  package mutating func continued(_ text: String) -> String {
    let last = header
    header = Self.header(of: text)
    guard !header.isEmpty, header == last else { return text }
    return String(decoding: text.utf8.dropFirst(header.count), as: UTF8.self)
  }

  /// Returns the first line, which ends outside of quotes.
  private static func header(of text: String) -> [UInt8] {
    var (header, isQuoted) = ([UInt8](), false)
    for byte in text.utf8 {
      header.append(byte)
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { break }
    }
    return header
  }
}
