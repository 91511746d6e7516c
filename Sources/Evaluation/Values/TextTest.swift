import JSON
import Language

/// A comparison of a field with constant text, done on the bytes of the text that was read, so that no
/// value is made for rows that don't satisfy it.
struct TextTest: Sendable {
  private let field: Field
  private let resultForNull: Bool
  private let holds: @Sendable (Span<UInt8>) -> Bool

  /// Returns `nil` if `expression` is not a field of texts, or the comparison needs a value.
  init?(of expression: CheckedExpression, _ comparison: ComparisonOperator, _ constant: Value) {
    guard case .field(let slot, let name) = expression.kind, Field.readable.indices.contains(slot),
      Field.readable[slot].name == name, let texts = constant.texts
    else { return nil }
    field = Field.readable[slot]
    let isList = field.type == .list(.string)
    guard isList || field.type == .string else { return nil }
    resultForNull = [.notEqual, .isNotIn].contains(comparison)
    switch (comparison, isList, constant.string == nil) {
    case (.equal, false, false), (.isIn, false, true), (.has, true, false), (.hasAny, true, true):
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

  /// Returns `nil` if the row's value is not from a text, or not of the field's type.
  func result(_ row: Row) -> Bool? {
    guard let place = row.place(of: field) else { return nil }
    if place.kind == .null { return resultForNull }
    return field.type == .string ? place.withText(holds) : place.contains(holds)
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
