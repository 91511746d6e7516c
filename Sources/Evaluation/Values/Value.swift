import API
import JSON
import Language

/// A value of the language at run time.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case string(String)
  case timestamp(Timestamp)
  case duration(TimeSpan)
  case list([Value])
  case record([Member])
  case json(JSON)
  /// A reference to the place where a secret is kept; the secret itself is never a value.
  case secret(SecretReference)

  package struct Member: Sendable {
    package let name: String
    package let value: Value
  }
}

extension Value {
  package init(_ literal: Literal) {
    switch literal {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .string(let value): self = .string(value)
    case .timestamp(let value): self = .timestamp(value)
    case .duration(let value): self = .duration(value)
    }
  }

  /// The value with JSON scalars and arrays unwrapped, so that `raw.x == 1` compares numbers.
  package var unwrapped: Value {
    guard case .json(let json) = self else { return self }
    return switch json {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .string(let value): .string(value)
    case .array(let values): .list(values.map { .json($0) })
    case .number, .object: self
    }
  }

  package var isNull: Bool { if case .null = unwrapped { true } else { false } }

  /// The value as a number, if it is one.
  var number: ExactNumber? {
    switch unwrapped {
    case .int(let value): ExactNumber(String(value))
    case .json(.number(let lexeme)): ExactNumber(lexeme)
    default: nil
    }
  }

  package var bool: Bool? { if case .bool(let value) = unwrapped { value } else { nil } }
  package var int: Int64? { if case .int(let value) = unwrapped { value } else { nil } }
  package var string: String? { if case .string(let value) = unwrapped { value } else { nil } }
  package var elements: [Value]? { if case .list(let values) = unwrapped { values } else { nil } }

  /// The value as JSON output shows it; timestamps are written as they were received.
  package var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .string(let value): .string(value)
    case .timestamp(let value): .string(value.description)
    case .duration(let value): .string(value.description)
    case .list(let values): .array(values.map(\.json))
    case .record(let members): .object(JSON.Object(members.map { ($0.name, $0.value.json) }))
    case .json(let value): value
    case .secret(let reference): .string("‹secret \(reference)›")
    }
  }

  /// The value as text, for an interpolated string, a table cell or a CSV field.
  package var text: String {
    switch unwrapped {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .string(let value): value
    case .timestamp(let value): value.description
    case .duration(let value): value.description
    case .list(let values): values.map(\.text).joined(separator: ";")
    case .record, .json, .secret: json.string ?? json.text
    }
  }
}
