/// The types of the language. Whether a value may be null is said beside the type.
package indirect enum ValueType: Hashable, Sendable {
  /// The type of the literal `null` alone.
  case null
  case bool
  case int
  case string
  case timestamp
  case duration
  case secret
  case json
  case record
  case list(ValueType)
  case rows(Schema)
  /// One of the rows that a `for` goes through: only its fields are values.
  case row(Schema)
  /// The type of what has a diagnostic already, and of an element of `[]`.
  case unknown
}

extension ValueType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .string: "string"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .secret: "secret"
    case .json: "json"
    case .record: "record"
    case .list(let element): "list<\(element)>"
    case .rows: "rows"
    case .row: "row"
    case .unknown: "unknown"
    }
  }

  /// `an int`, `a string`.
  var withArticle: String {
    switch self {
    case .int: "an int"
    case .null, .rows: description
    default: "a \(self)"
    }
  }

  /// The types that a script can name.
  package static let named: [String: ValueType] = Dictionary(
    uniqueKeysWithValues: [
      .bool, .int, .string, .timestamp, .duration, .secret, .json, .record,
    ].map { ($0.description, $0) })

  /// Rows of any shape: what a definition's parameter can ask for.
  static let anyRows = ValueType.rows(.unknown)

  /// `true` iff `<` and its kin order the values.
  package var isOrdered: Bool {
    switch self {
    case .int, .string, .timestamp, .duration, .json, .unknown: true
    default: false
    }
  }

  package var isUnknown: Bool { self == .unknown }

  /// `true` iff a value of type `self` can stand where `other` is wanted, null aside.
  package func fits(_ other: ValueType) -> Bool {
    switch (self, other) {
    case (.unknown, _), (_, .unknown), (.null, _), (_, .null): true
    case (.rows, .rows): true
    case (.json, .rows), (.rows, .json), (.json, .secret), (.secret, .json): false
    case (.json, _), (_, .json): true
    case (.list(let element), .list(let wanted)): element.fits(wanted)
    default: self == other
    }
  }
}
