import Evaluation
import JSON
import Language

/// The members of the JSON objects that stand for values of a type. Each member has one name and one
/// type, for writing as well as for reading; their order is that of the object.
package struct RecordFormat<Root>: Sendable {
  package let members: @Sendable (Root) -> [(String, JSON)]
  /// Throws an error that names the first member that is missing or has the wrong type.
  package let read: @Sendable (JSONCursor) throws(RunError) -> Root

  /// `make` gets the values of the members, in their order.
  package init<each Value: JSONValue>(
    _ make: @escaping @Sendable (repeat each Value) -> Root,
    _ members: repeat RecordMember<Root, each Value>
  ) {
    let members = (repeat each members)
    self.members = { root in
      var all: [(String, JSON)] = []
      for member in repeat each members { all += member.written(root) }
      return all
    }
    read = { node throws(RunError) in try make(repeat (each members).read(node)) }
  }
}

/// A member of such an object.
package struct RecordMember<Root, Value: JSONValue>: Sendable {
  private let name: String
  private let value: @Sendable (Root) -> Value
  private let absent: JSON?

  /// The member is left out if its value is `absent`.
  package init(
    _ name: String, _ value: @escaping @Sendable (Root) -> Value, absent: JSON? = nil
  ) {
    (self.name, self.value, self.absent) = (name, value, absent)
  }

  fileprivate func written(_ root: Root) -> [(String, JSON)] {
    let json = value(root).json
    return json == absent ? [] : [(name, json)]
  }

  fileprivate func read(_ node: JSONCursor) throws(RunError) -> Value {
    if let absent, try node.object()[name] == nil { return try Value.read(JSONCursor(absent)) }
    return try Value.read(try node.member(name))
  }
}

/// A value that a member can have.
package protocol JSONValue: Sendable {
  var json: JSON { get }
  static func read(_ node: JSONCursor) throws(RunError) -> Self
}

/// A value that is an object with the members of a format.
package protocol JSONRecord: JSONValue {
  static var format: RecordFormat<Self> { get }
}

extension JSONRecord {
  package var json: JSON { .members(Self.format.members(self)) }
  package static func read(_ node: JSONCursor) throws(RunError) -> Self { try format.read(node) }
}

extension String: JSONValue {
  package var json: JSON { .string(self) }
  package static func read(_ node: JSONCursor) throws(RunError) -> String {
    guard let text = node.json.string else { throw node.problem("is not a string") }
    return text
  }
}

/// A number that is never negative.
extension Int: JSONValue {
  package var json: JSON { .int(Int64(self)) }
  package static func read(_ node: JSONCursor) throws(RunError) -> Int {
    guard let number = Int(exactly: try Int64.read(node)), number >= 0 else {
      throw node.problem("is negative")
    }
    return number
  }
}

extension Int64: JSONValue {
  package var json: JSON { .int(self) }
  package static func read(_ node: JSONCursor) throws(RunError) -> Int64 {
    guard let number = node.json.int else { throw node.problem("is not a whole number") }
    return number
  }
}

extension Bool: JSONValue {
  package var json: JSON { .bool(self) }
  package static func read(_ node: JSONCursor) throws(RunError) -> Bool {
    guard case .bool(let value) = node.json else { throw node.problem("is not true or false") }
    return value
  }
}

extension Timestamp: JSONValue {
  package var json: JSON { .string(iso8601) }
  package static func read(_ node: JSONCursor) throws(RunError) -> Timestamp {
    guard let instant = Timestamp(iso8601: try String.read(node)) else {
      throw node.problem("is not a timestamp")
    }
    return Timestamp(microseconds: instant.microseconds)
  }
}

extension JSON: JSONValue {
  package var json: JSON { self }
  package static func read(_ node: JSONCursor) throws(RunError) -> JSON { node.json }
}

extension JSON.Object: JSONValue {
  package var json: JSON { .object(self) }
  package static func read(_ node: JSONCursor) throws(RunError) -> JSON.Object {
    try node.object()
  }
}

/// `nil` is null.
extension Optional: JSONValue where Wrapped: JSONValue {
  package var json: JSON { map(\.json) ?? .null }
  package static func read(_ node: JSONCursor) throws(RunError) -> Wrapped? {
    node.json == .null ? nil : try Wrapped.read(node)
  }
}

extension Array: JSONValue where Element: JSONValue {
  package var json: JSON { .array(map(\.json)) }
  package static func read(_ node: JSONCursor) throws(RunError) -> [Element] {
    try node.elements().mapping { node throws(RunError) in try Element.read(node) }
  }
}

extension JSONValue where Self: RawRepresentable<String> {
  package var json: JSON { .string(rawValue) }
  package static func read(_ node: JSONCursor) throws(RunError) -> Self {
    guard let value = Self(rawValue: try String.read(node)) else {
      throw node.problem("is unknown")
    }
    return value
  }
}

extension JSON {
  package static func members(_ members: [(String, JSON)]) -> JSON { .object(Object(members)) }
}
