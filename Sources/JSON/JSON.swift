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

  /// Members in their original order. Names differ iff their bytes do; the parser refuses a name
  /// that appears twice.
  package struct Object: Hashable, Sendable {
    package private(set) var members: [Member]

    package struct Member: Hashable, Sendable {
      package let name: String
      package let value: JSON
    }

    package init(_ members: [(String, JSON)] = []) {
      self.members = members.map { Member(name: $0.0, value: $0.1) }
    }

    package subscript(name: String) -> JSON? {
      members.last { $0.name.hasSameBytes(as: name) }?.value
    }

    /// Replaces a member in place, or appends it.
    package mutating func set(_ name: String, _ value: JSON) {
      let member = Member(name: name, value: value)
      if let index = members.lastIndex(where: { $0.name.hasSameBytes(as: name) }) {
        members[index] = member
      } else {
        members.append(member)
      }
    }

    /// Replaces or appends many members, in time proportional to their number.
    package mutating func set(_ added: [(name: String, value: JSON)]) {
      guard added.count > 8 else { return added.forEach { set($0.name, $0.value) } }
      var places = index
      for (name, value) in added {
        let place = places[Array(name.utf8)]
        let member = Member(name: name, value: value)
        if let place { members[place] = member } else { members.append(member) }
        places[Array(name.utf8)] = place ?? members.count - 1
      }
    }

    /// The position of each member by the bytes of its name.
    package var index: [[UInt8]: Int] {
      Dictionary(
        members.enumerated().map { (Array($1.name.utf8), $0) }, uniquingKeysWith: { $1 })
    }

    package mutating func remove(_ name: String) {
      members.removeAll { $0.name.hasSameBytes(as: name) }
    }
  }
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

extension JSON.Object {
  fileprivate var sortingMembers: JSON.Object {
    let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return JSON.Object(sorted.map { ($0.name, $0.value.sortingMembers) })
  }
}

extension String {
  /// Compares bytes. Swift's `==` is canonical equivalence, which would equate different names.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
