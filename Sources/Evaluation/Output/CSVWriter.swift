import JSON
import Text

/// Writes CSV according to RFC 4180: CRLF, and quotes only if needed.
enum CSVWriter {
  /// `isShown` is `true` for a terminal, where hidden characters, and line breaks in a field, are escaped.
  static func text(_ cells: Cells, isShown: Bool = false) -> String {
    guard !cells.header.isEmpty else { return "" }
    var rows = [header(cells.header)]
    rows += cells.rows.map { row in
      row.allSatisfy(\.isNull) ? nulls(row.count) : row.map { field($0) }
    }
    if isShown { rows = rows.map { $0.map { $0.escapingHiddenCharacters() } } }
    return rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// Returns the rows with all their members as columns, in the order of the API.
  static func text(_ set: RowSet) throws(RunError) -> String {
    let (header, objects) = try set.table()
    guard !header.isEmpty else { return "" }
    var text = Array((self.header(header).joined(separator: ",") + "\r\n").utf8)
    var columns = CSVColumns(header)
    for (index, object) in objects.enumerated() {
      if index == 1_000 { text.reserveCapacity(text.count * objects.count / index / 16 * 17) }
      let start = text.count
      let isNull =
        object.row.map { columns.append($0.rows, $0.index, to: &text) }
        ?? columns.append(object, to: &text)
      if isNull { text.insert(contentsOf: CSVCell.null.utf8, at: start) }
      text += [0x0D, 0x0A]
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func header(_ names: [String]) -> [String] {
    names.map { field(.string($0), special: ",;\t\"\r\n") }
  }

  /// The fields of a row of nulls, which must not look like a blank row.
  private static func nulls(_ count: Int) -> [String] {
    [CSVCell.null] + [String](repeating: "", count: count - 1)
  }

  /// The field for a value, in quotes if it holds a special character.
  fileprivate static func field(_ value: Value, special: String = ",\"\r\n") -> String {
    let (text, isQuoted) = CSVCell.text(value)
    guard isQuoted || text.utf8.contains(where: special.utf8.contains) else { return text }
    return "\"" + text.replacingBytes("\"", with: "\"\"") + "\""
  }
}

/// Writes objects as the fields of some columns.
private struct CSVColumns {
  private let names: [String]
  /// The slots of the columns in the rows that were written last.
  private var slots: [Int?] = []
  /// The text and the shape of these rows.
  private var last: (rows: JSONRows, shape: Int)?

  init(_ names: [String]) { self.names = names }

  /// Appends the fields of an object; returns `true` iff all are null.
  func append(_ object: JSON.Object, to text: inout [UInt8]) -> Bool {
    let member = object.finder
    var isNull = true
    for (index, name) in names.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      let value = member(name) ?? .null
      text += CSVWriter.field(.json(value)).utf8
      isNull = isNull && value == .null
    }
    return isNull
  }

  /// Appends the fields of a row; returns `true` iff all are null.
  mutating func append(_ rows: JSONRows, _ row: Int, to text: inout [UInt8]) -> Bool {
    findSlots(of: rows, rows.shape(of: row))
    var isNull = true
    for (index, slot) in slots.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      guard let slot else { continue }
      isNull = !rows.appendField(at: rows.place(slot, of: row), to: &text) && isNull
    }
    return isNull
  }

  private mutating func findSlots(of rows: JSONRows, _ shape: Int) {
    if let last, last.rows === rows, last.shape == shape { return }
    slots = names.map { rows.slot(of: $0, in: shape) }
    last = (rows, shape)
  }
}

extension JSONRows {
  /// Appends the field for a value; returns `false` if it is null.
  fileprivate func appendField(at place: JSONPlace, to text: inout [UInt8]) -> Bool {
    let kind = kind(at: place)
    if kind == .null { return false }
    let isPlain =
      kind == .array
      ? appendPlainList(at: place, to: &text)
      : withPlainText(at: place) { $0.appendPlain(to: &text) } ?? false
    if !isPlain { text += CSVWriter.field(.json(value(at: place))).utf8 }
    return true
  }

  /// Appends a list of texts that a field can hold as they are. Returns `false`, and appends nothing,
  /// for anything else.
  private func appendPlainList(at place: JSONPlace, to text: inout [UInt8]) -> Bool {
    let start = text.count
    let hasOther = contains(at: place) { element in
      if text.count > start { text.append(UInt8(ascii: ";")) }
      return element.has(UInt8(ascii: ";")) || element.has(UInt8(ascii: "["))
        || !element.isPlainText || !element.appendPlain(to: &text)
    }
    if hasOther == false, text.count > start { return true }
    text.removeLast(text.count - start)
    return false
  }
}

extension Span<UInt8> {
  fileprivate var isPlainText: Bool {
    indices.allSatisfy { (0x20..<0x7F).contains(self[$0]) && self[$0] != UInt8(ascii: "\"") }
  }

  /// Appends plain text if it needs no quotes and isn't like a formula. Returns `false` if not.
  fileprivate func appendPlain(to text: inout [UInt8]) -> Bool {
    guard count > 0, self[0].isASCIILetterOrDigit, !has(UInt8(ascii: ",")) else { return false }
    withUnsafeBufferPointer { text.append(contentsOf: $0) }
    return true
  }

  fileprivate func has(_ byte: UInt8) -> Bool { withUnsafeBufferPointer { $0.contains(byte) } }
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
