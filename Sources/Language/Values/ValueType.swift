/// A type of the language. Nullability is tracked separately.
package indirect enum ValueType: Hashable, Sendable {
  /// The type of the literal `null`.
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
  /// One of the rows that a `for` iterates over; only its fields are values.
  case row(Schema)
  /// The type of an expression with a reported error, and of an element of `[]`.
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

  /// The number of lists inside each other.
  var depth: Int { if case .list(let element) = self { element.depth + 1 } else { 0 } }

  /// The type with its article: `an int`, `a string`.
  var withArticle: String {
    switch self {
    case .int: "an int"
    case .null, .rows: description
    default: "a \(self)"
    }
  }

  /// The types that a script can name, except `list<…>` and `rows`.
  package static let named: [String: ValueType] = Dictionary(
    uniqueKeysWithValues: [
      .bool, .int, .string, .timestamp, .duration, .secret, .json, .record,
    ].map { ($0.description, $0) })

  /// Rows with any columns; the type of a definition's `rows` parameter.
  static let anyRows = ValueType.rows(.unknown)

  /// `true` iff the values can be compared with `<` and sorted.
  package var isOrdered: Bool {
    switch self {
    case .int, .string, .timestamp, .duration, .json, .unknown: true
    default: false
    }
  }

  package var isUnknown: Bool { self == .unknown }

  /// `true` for a secret and for lists of secrets. Records don't tell by their type.
  var holdsSecret: Bool {
    switch self {
    case .secret: true
    case .list(let element): element.holdsSecret
    default: false
    }
  }

  /// `true` iff a secret may stand where a value of this type is required, on its own or inside.
  var admitsSecret: Bool {
    switch self {
    case .secret, .record, .json, .rows, .row, .null, .unknown: true
    case .list(let element): element.admitsSecret
    case .bool, .int, .string, .timestamp, .duration: false
    }
  }

  /// `true` iff a value of type `self` is allowed where `other` is required, ignoring null.
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
