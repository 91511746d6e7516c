import Text

/// Writes CSV according to RFC 4180: CRLF, and quotes only if needed.
enum CSVWriter {
  /// `isShown` is `true` for a terminal, where hidden characters, and line breaks in a field, are escaped.
  static func text(_ cells: Cells, isShown: Bool = false) -> String {
    guard !cells.header.isEmpty else { return "" }
    var rows = [cells.header.map { field(.string($0), special: ",;\t\"\r\n") }]
    rows += cells.rows.map { row in
      row.allSatisfy(\.isNull) ? nulls(row.count) : row.map { field($0, special: ",\"\r\n") }
    }
    if isShown { rows = rows.map { $0.map { $0.escapingHiddenCharacters() } } }
    return rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// The fields of a row of nulls, which must not look like a blank row.
  private static func nulls(_ count: Int) -> [String] {
    [CSVCell.null] + [String](repeating: "", count: count - 1)
  }

  /// The field for a value, in quotes if it holds a special character.
  private static func field(_ value: Value, special: String) -> String {
    let (text, isQuoted) = CSVCell.text(value)
    guard isQuoted || text.utf8.contains(where: special.utf8.contains) else { return text }
    return "\"" + text.replacingBytes("\"", with: "\"\"") + "\""
  }
}
