import JSON
import Language

/// Converts values to CSV fields and back, without loss.
///
/// Null is an empty field; empty text and an empty list are a pair of quotes. Text that a spreadsheet
/// could run as a formula gets a leading `'`, and so does text that starts with one. Everything is
/// compared by Unicode scalars: for Swift's characters, `"` before a combining mark isn't a quote.
enum CSVCell {
  /// Returns the text of a value, and whether it must be quoted even without special characters.
  static func text(_ value: Value) -> (text: String, isQuoted: Bool) {
    switch value.unwrapped {
    case .null: ("", false)
    case .list(let values): quotedIfEmpty(guarded(list(values)))
    default: quotedIfEmpty(guarded(value.text))
    }
  }

  /// Null where an empty field would make a blank row: a lone `'` without quotes.
  static let null = "'"

  /// Returns the value of a field that isn't null. `isList` is `true` iff its column holds lists.
  static func value(_ text: String, isQuoted: Bool, isList: Bool) -> JSON {
    if text == null && !isQuoted { return .null }
    let text = unguarded(text)
    return isList ? .array(elements(text)) : .string(text)
  }

  private static func quotedIfEmpty(_ text: String) -> (text: String, isQuoted: Bool) {
    (text, text.isEmpty)
  }

  // MARK: Lists

  /// The elements joined by `;`, or as JSON if they could not be told apart then.
  private static func list(_ values: [Value]) -> String {
    guard values.allSatisfy(isPlain), values.first.map({ isJSON($0.text) }) != true else {
      return JSON.array(values.map(\.json)).text
    }
    return values.map(\.text).joined(separator: ";")
  }

  private static func isPlain(_ value: Value) -> Bool {
    switch value.unwrapped {
    case .string(let text): !text.isEmpty && !text.utf8.contains(UInt8(ascii: ";"))
    case .null, .list, .record, .json: false
    default: true
    }
  }

  private static func elements(_ text: String) -> [JSON] {
    if isJSON(text), let values = (try? JSONParser.parse(Array(text.utf8)))?.array {
      return values
    }
    return text.parts(between: ";").filter { !$0.isEmpty }.map { .string($0) }
  }

  private static func isJSON(_ text: String) -> Bool { text.utf8.first == UInt8(ascii: "[") }

  // MARK: Formulas

  private static func guarded(_ text: String) -> String {
    isRisky(text) ? "'" + text : text
  }

  private static func unguarded(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "'") else { return text }
    let rest = String(text.unicodeScalars.dropFirst())
    return isRisky(rest) ? rest : text
  }

  /// A spreadsheet may run text as a formula if one of these is its first character that isn't a blank.
  private static let starts = "=+-@\t\r\n＝＋－＠".unicodeScalars

  /// `true` iff a spreadsheet could run the text as a formula, or the text begins with `'` itself.
  private static func isRisky(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first(where: { $0 != " " }) else { return false }
    return text.utf8.first == UInt8(ascii: "'") || starts.contains(first) && Int64(text) == nil
  }
}
