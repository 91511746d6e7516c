import JSON
import Simulator

extension JSONValue {
  /// The value as the program reads it.
  var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .int(value)
    case .number(let value): .number("\(value)")
    case .string(let value): .string(value)
    case .array(let values): .array(values.map(\.json))
    case .object(let members): .object(JSON.Object(members.map { ($0.key, $0.value.json) }))
    }
  }
}
