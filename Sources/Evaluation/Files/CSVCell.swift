import JSON
import Language

/// A value as a field of a CSV file. The text that is written for a value is read back as that value.
///
/// Null is empty; empty text and an empty list are a pair of quotes. Text that a spreadsheet could run
/// as a formula gets a leading `'`, and so does text that begins with one.
enum CSVCell {
  /// The text of a value without quotes, and whether it must be quoted although nothing in it asks
  /// for it.
  static func text(_ value: Value) -> (text: String, isQuoted: Bool) {
    switch value.unwrapped {
    case .null: ("", false)
    case .list(let values): quotedIfEmpty(guarded(list(values)))
    default: quotedIfEmpty(guarded(value.text))
    }
  }

  /// Reads a field; a list is one only in a column of lists.
  static func value(_ field: CSVReader.Field, isList: Bool) -> JSON {
    if field.isNull { return .null }
    let text = unguarded(field.text)
    return isList ? .array(elements(text)) : .string(text)
  }

  private static func quotedIfEmpty(_ text: String) -> (text: String, isQuoted: Bool) {
    (text, text.isEmpty)
  }

  // MARK: Lists

  /// The elements joined by `;`, or as JSON if they could not be told apart then.
  private static func list(_ values: [Value]) -> String {
    guard values.allSatisfy(isPlain), values.first?.text.hasPrefix("[") != true else {
      return JSON.array(values.map(\.json)).text
    }
    return values.map(\.text).joined(separator: ";")
  }

  private static func isPlain(_ value: Value) -> Bool {
    switch value.unwrapped {
    case .string(let text): !text.isEmpty && !text.contains(";")
    case .null, .list, .record, .json: false
    default: true
    }
  }

  private static func elements(_ text: String) -> [JSON] {
    if text.hasPrefix("["), let values = (try? JSONParser.parse(Array(text.utf8)))?.array {
      return values
    }
    return text.split(separator: ";").map { .string(String($0)) }
  }

  // MARK: Formulas

  private static func guarded(_ text: String) -> String {
    isRisky(text) ? "'" + text : text
  }

  private static func unguarded(_ text: String) -> String {
    let rest = text.dropFirst()
    return text.utf8.first == UInt8(ascii: "'") && isRisky(String(rest)) ? String(rest) : text
  }

  /// What makes a spreadsheet run a text as a formula, also behind blanks.
  private static let starts = "=+-@\t\r\n＝＋－＠".unicodeScalars

  /// `true` iff a spreadsheet could run the text as a formula, or the text begins with `'` itself.
  private static func isRisky(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first(where: { $0 != " " }) else { return false }
    return text.utf8.first == UInt8(ascii: "'") || starts.contains(first) && Int64(text) == nil
  }
}
