import JSON
import Language

extension Value: Equatable {
  /// Compares strings by their bytes, numbers exactly, and timestamps as instants, whatever their
  /// offsets; null equals null. Values of different kinds are different.
  package static func == (lhs: Value, rhs: Value) -> Bool {
    switch (lhs.expanded, rhs.expanded) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.record(let left), .record(let right)): left == right
    case (.secret(let left), .secret(let right)): left == right
    case (.json, _), (_, .json): lhs.number.map { $0 == rhs.number } ?? false
    default: false
    }
  }

  /// The value with the JSON in it unwrapped, so that only a number that isn't an integer of 64 bits
  /// is still JSON.
  var expanded: Value {
    guard case .json(.object(let object)) = self else { return unwrapped }
    return .record(object.members.map { Member(name: $0.name, value: .json($0.value)) })
  }
}

extension Value.Member: Equatable {
  package static func == (lhs: Value.Member, rhs: Value.Member) -> Bool {
    lhs.name.hasSameBytes(as: rhs.name) && lhs.value == rhs.value
  }
}

extension Value {
  package enum Order: Sendable {
    case ascending, same, descending

    fileprivate init<T: Comparable>(_ left: T, _ right: T) {
      self = left < right ? .ascending : left == right ? .same : .descending
    }

    fileprivate init(bytesOf left: String, _ right: String) {
      if left.hasSameBytes(as: right) {
        self = .same
      } else {
        self = left.utf8.lexicographicallyPrecedes(right.utf8) ? .ascending : .descending
      }
    }
  }

  /// Returns the order of two values; `nil` if either is null. Throws if they have none.
  func compare(_ other: Value) throws(Unordered) -> Order? {
    if isNull || other.isNull { return nil }
    guard let order = order(other) else { throw Unordered(self, other) }
    return order
  }

  /// Returns the order of two values; `nil` if either is null, or if they have none.
  func order(_ other: Value) -> Order? {
    switch (unwrapped, other.unwrapped) {
    case (.bool(let left), .bool(let right)): Order(left ? 1 : 0, right ? 1 : 0)
    case (.int(let left), .int(let right)): Order(left, right)
    case (.string(let left), .string(let right)): Order(bytesOf: left, right)
    case (.timestamp(let left), .timestamp(let right)): Order(left, right)
    case (.duration(let left), .duration(let right)): Order(left, right)
    case (.json, _), (_, .json):
      if let left = number, let right = other.number { Order(left, right) } else { nil }
    default: nil
    }
  }

  /// The kind of a value that has an order with others of its kind, and of any other the word for it.
  fileprivate var kind: String {
    switch expanded {
    case .null: "null"
    case .bool: "a bool"
    case .int, .json: "a number"
    case .string: "a string"
    case .timestamp: "a timestamp"
    case .duration: "a duration"
    case .list: "a list"
    case .record: "a record"
    case .secret: "a secret"
    }
  }

  /// The start of the value as JSON, for a message.
  var excerpt: String {
    let text = json.text
    return text.unicodeScalars.count <= 40 ? text : String(text.unicodeScalars.prefix(39)) + "…"
  }
}

/// The reason why two values have no order: they differ in kind, or are lists or records. Only the
/// values of `raw` can, because the checker knows the types of all others.
struct Unordered: Error {
  let message: String

  init(_ left: Value, _ right: Value) {
    message = "\(left.kind) and \(right.kind) have no order: \(left.excerpt) and \(right.excerpt)"
  }
}
