/// Whether messages may use colour.
package enum TextStyle: Sendable {
  case plain
  case colored

  package enum Color: String, CaseIterable, Sendable {
    case red = "31"
    case yellow = "33"
    case bold = "1"
    case dim = "2"
  }

  /// The escape codes that ``paint(_:_:)`` uses.
  static let codes = (Color.allCases.map(\.rawValue) + ["0"]).map { "\u{1B}[\($0)m" }

  /// Returns `text` wrapped in the escape codes of `color`; unchanged if the style is plain.
  package func paint(_ text: String, _ color: Color) -> String {
    self == .plain || text.isEmpty ? text : "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m"
  }
}
