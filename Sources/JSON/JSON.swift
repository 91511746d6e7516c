/// A JSON value that preserves the order of members and the spelling of numbers.
package enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A number that is not a 64-bit integer, as it was written.
  case number(String)
  case string(String)
  case array([JSON])
  case object(Object)
}

extension JSON {
  package subscript(name: String) -> JSON? {
    if case .object(let object) = self { object[name] } else { nil }
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var int: Int64? { if case .int(let number) = self { number } else { nil } }
  package var array: [JSON]? { if case .array(let values) = self { values } else { nil } }
  package var object: Object? { if case .object(let object) = self { object } else { nil } }
}

extension JSON {
  /// The value with the members of each object sorted by the bytes of their names.
  package var sortingMembers: JSON {
    switch self {
    case .null, .bool, .int, .number, .string: self
    case .array(let values): .array(values.map(\.sortingMembers))
    case .object(let object): .object(object.sortingMembers)
    }
  }
}

extension String {
  /// Compares bytes. Swift's `==` is canonical equivalence, which would equate different names.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
