import JSON
import Language

/// A comparison of a field with constant text. It looks at the bytes of the JSON text, so rows that
/// don't match are never decoded.
struct TextTest: Sendable {
  /// Tells whether a text, or an element of a list of texts, is one that the comparison is about.
  typealias Condition = @Sendable (Span<UInt8>) -> Bool

  private let name: String
  private let isList: Bool
  private var resultForNull = false
  private let holds: Condition
  /// Makes the same condition for another thread. It shares nothing: threads that count references to
  /// the same objects wait for each other.
  private let unshared: @Sendable () -> Condition

  /// Returns `nil` if `expression` is not a field of texts, or the comparison needs a value.
  init?(of expression: CheckedExpression, _ comparison: ComparisonOperator, _ constant: Value) {
    guard let texts = constant.texts, let field = Self.field(expression),
      let condition = Self.condition(comparison, field.isList, constant.string == nil)
    else { return nil }
    (name, isList) = field
    resultForNull = [.notEqual, .isNotIn].contains(comparison)
    holds = condition(texts)
    unshared = { condition(texts.map { $0.map(\.self) }) }
  }

  /// A test whether a field matches a pattern; `nil` if `expression` is not a field with a text.
  init?(of expression: CheckedExpression, _ pattern: RegularExpression) {
    guard let field = Self.field(expression), !field.isList else { return nil }
    (name, isList) = field
    holds = { pattern.matches($0) }
    unshared = {
      let pattern = pattern.unshared
      return { pattern.matches($0) }
    }
  }

  private static func field(_ expression: CheckedExpression) -> (name: String, isList: Bool)? {
    guard case .field(let slot, let name) = expression.kind, Field.readable.indices.contains(slot),
      Field.readable[slot].name == name, Field.readable[slot].origin == .answer
    else { return nil }
    switch Field.readable[slot].type {
    case .string: return (name, false)
    case .list(.string): return (name, true)
    default: return nil
    }
  }

  /// Returns a function that makes the condition of a comparison with texts.
  private static func condition(
    _ comparison: ComparisonOperator, _ isList: Bool, _ withList: Bool
  ) -> (@Sendable ([[UInt8]]) -> Condition)? {
    switch (comparison, isList, withList) {
    case (.equal, false, false), (.isIn, false, true), (.has, true, false), (.hasAny, true, true):
      { texts in { text in texts.contains { text.hasSameBytes(as: $0) } } }
    case (.notEqual, false, false), (.isNotIn, false, true):
      { texts in { text in !texts.contains { text.hasSameBytes(as: $0) } } }
    case (.startsWith, false, false):
      { texts in { $0.extracting(first: texts[0].count).hasSameBytes(as: texts[0]) } }
    case (.endsWith, false, false):
      { texts in { $0.extracting(last: texts[0].count).hasSameBytes(as: texts[0]) } }
    default: nil
    }
  }

  /// Returns `nil` if the value of the row isn't of the field's type.
  func result(_ rows: JSONRows, _ row: Int) -> Bool? {
    rows.place(of: name, in: row).flatMap { place in
      rows.withReader { result(at: place, $0, holds) }
    }
  }

  /// See ``RowTest``.
  func results(_ rows: JSONRows) -> (JSONRows.Reader, Int) -> Bool? {
    let (slots, holds) = (rows.slots(of: name), unshared())
    return { reader, row in
      slots[reader.shape(of: row)].flatMap { result(at: reader.place($0, of: row), reader, holds) }
    }
  }

  private func result(
    at place: JSONPlace, _ rows: JSONRows.Reader, _ holds: Condition
  ) -> Bool? {
    if rows.kind(at: place) == .null { return resultForNull }
    return isList ? rows.contains(at: place, holds) : rows.withText(at: place, holds)
  }
}

extension Value {
  /// The UTF-8 of a text, or of the elements of a short list of texts.
  fileprivate var texts: [[UInt8]]? {
    if let string { return [Array(string.utf8)] }
    guard let elements, elements.count <= 16 else { return nil }
    let texts = elements.compactMap(\.string)
    return texts.count == elements.count ? texts.map { Array($0.utf8) } : nil
  }
}
