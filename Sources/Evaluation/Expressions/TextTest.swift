import JSON
import Language

/// A comparison of a field with constant text. It looks at the bytes of the JSON text, so rows that
/// don't match are never decoded.
struct TextTest: Sendable {
  private let name: String
  private let isList: Bool
  private let resultForNull: Bool
  private let holds: @Sendable (Span<UInt8>) -> Bool

  /// Returns `nil` if `expression` is not a field of texts, or the comparison needs a value.
  init?(of expression: CheckedExpression, _ comparison: ComparisonOperator, _ constant: Value) {
    guard case .field(let slot, let name) = expression.kind, Field.readable.indices.contains(slot),
      Field.readable[slot].name == name, let texts = constant.texts
    else { return nil }
    let field = Field.readable[slot]
    isList = field.type == .list(.string)
    guard field.origin == .answer, isList || field.type == .string else { return nil }
    self.name = name
    resultForNull = [.notEqual, .isNotIn].contains(comparison)
    switch (comparison, isList, constant.string == nil) {
    case (.equal, false, false):
      holds = { [text = texts[0]] in $0.hasSameBytes(as: text) }
    case (.isIn, false, true), (.has, true, false), (.hasAny, true, true):
      holds = { text in texts.contains { text.hasSameBytes(as: $0) } }
    case (.notEqual, false, false), (.isNotIn, false, true):
      holds = { text in !texts.contains { text.hasSameBytes(as: $0) } }
    case (.startsWith, false, false):
      holds = { $0.extracting(first: texts[0].count).hasSameBytes(as: texts[0]) }
    case (.endsWith, false, false):
      holds = { $0.extracting(last: texts[0].count).hasSameBytes(as: texts[0]) }
    default: return nil
    }
  }

  /// Returns `nil` if the value of the row isn't of the field's type.
  func result(_ rows: JSONRows, _ row: Int) -> Bool? {
    guard let place = rows.place(of: name, in: row) else { return nil }
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
