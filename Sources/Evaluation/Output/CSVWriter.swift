import JSON
import Text

/// Writes CSV according to RFC 4180: CRLF, and quotes only if needed.
enum CSVWriter {
  /// `isShown` is `true` for a terminal, where hidden characters, and line breaks in a field, are escaped.
  static func text(_ cells: Cells, isShown: Bool = false) -> String {
    guard !cells.header.isEmpty else { return "" }
    var rows = [header(cells.header)]
    rows += cells.rows.map { row in
      row.allSatisfy(\.isNull) ? nulls(row.count) : row.map { field($0, special: ",\"\r\n") }
    }
    if isShown { rows = rows.map { $0.map { $0.escapingHiddenCharacters() } } }
    return rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// Returns the rows with all their members as columns, in the order of the API.
  static func text(_ set: RowSet) throws(RunError) -> String {
    let (header, objects) = try set.table()
    guard !header.isEmpty else { return "" }
    var text = Array((self.header(header).joined(separator: ",") + "\r\n").utf8)
    for object in objects { append(object, header, to: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(
    _ object: JSON.Object, _ header: [String], to text: inout [UInt8]
  ) {
    let member = object.finder
    var isNull = true
    let start = text.count
    for (index, name) in header.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      let place = object.place(of: name)
      if place?.kind == .null { continue }
      let isPlain = place?.appendPlain(to: &text) ?? false
      isNull = !(isPlain || append(member(name) ?? .null, to: &text)) && isNull
    }
    if isNull { text.insert(contentsOf: CSVCell.null.utf8, at: start) }
    text += "\r\n".utf8
  }

  /// Appends the field for a value; returns `false` if it is null.
  private static func append(_ value: JSON, to text: inout [UInt8]) -> Bool {
    text += field(.json(value), special: ",\"\r\n").utf8
    return value != .null
  }

  private static func header(_ names: [String]) -> [String] {
    names.map { field(.string($0), special: ",;\t\"\r\n") }
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

extension JSONPlace {
  /// Appends text, or a list of texts, that a field can hold as it is. Returns `false`, and appends
  /// nothing, for anything else.
  fileprivate func appendPlain(to text: inout [UInt8]) -> Bool {
    switch kind {
    case .string: withText { $0.appendPlain(to: &text, without: []) } ?? false
    case .array: appendPlainList(to: &text)
    default: false
    }
  }

  private func appendPlainList(to text: inout [UInt8]) -> Bool {
    let start = text.count
    let hasOther = contains { element in
      if text.count > start { text.append(UInt8(ascii: ";")) }
      return !element.appendPlain(to: &text, without: [UInt8(ascii: ";"), UInt8(ascii: "[")])
    }
    if hasOther == false, text.count > start { return true }
    text.removeLast(text.count - start)
    return false
  }
}

extension Span<UInt8> {
  /// Appends the bytes if they are ASCII that needs no quotes and isn't like a formula. Returns
  /// `false` if not.
  fileprivate func appendPlain(to text: inout [UInt8], without others: [UInt8]) -> Bool {
    guard count > 0, self[0].isASCIILetterOrDigit else { return false }
    return withUnsafeBufferPointer { bytes in
      let isPlain = bytes.allSatisfy {
        (0x20..<0x80).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"")
          && !others.contains($0)
      }
      if isPlain { text.append(contentsOf: bytes) }
      return isPlain
    }
  }
}

extension UInt8 {
  fileprivate var isASCIILetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
