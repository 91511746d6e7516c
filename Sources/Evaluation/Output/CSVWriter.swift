/// Writes CSV according to RFC 4180: CRLF, and quotes only if needed.
enum CSVWriter {
  static func text(_ cells: Cells) -> String {
    guard !cells.header.isEmpty else { return "" }
    let rows = [cells.header] + cells.rows.map { $0.map(\.text) }
    return rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// Quotes a cell. One that a spreadsheet would run as a formula is prefixed with `'`.
  private static func field(_ text: String) -> String {
    let isFormula =
      text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let safe = isFormula && Int64(text) == nil ? "'" + text : text
    let mustQuote = safe.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return mustQuote ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }
}
