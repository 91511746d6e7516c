/// Writes CSV according to RFC 4180: CRLF, and quotes only if needed.
enum CSVWriter {
  static func text(_ cells: Cells) -> String {
    guard !cells.header.isEmpty else { return "" }
    let header = cells.header.map { field(.string($0), special: ",;\t\"\r\n") }
    let rows = cells.rows.map { $0.map { field($0, special: ",\"\r\n") } }
    return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// The field for a value, in quotes if it holds a special character.
  private static func field(_ value: Value, special: String) -> String {
    let (text, isQuoted) = CSVCell.text(value)
    guard isQuoted || text.utf8.contains(where: special.utf8.contains) else { return text }
    return "\"" + text.replacingBytes("\"", with: "\"\"") + "\""
  }
}
