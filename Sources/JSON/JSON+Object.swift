extension JSON {
  /// Members in their original order. Names differ iff their bytes do; the parser refuses a name
  /// that appears twice.
  package struct Object: Sendable {
    private var storage: Storage

    private enum Storage: Sendable {
      case members([Member])
      /// An object of a list, by its index; its members are decoded on access.
      case row(JSONRows, Int)
    }

    package struct Member: Hashable, Sendable {
      package let name: String
      package let value: JSON
    }

    init(_ members: [Member]) { storage = .members(members) }

    init(_ rows: JSONRows, _ row: Int) { storage = .row(rows, row) }
  }
}

extension JSON.Object {
  package init(_ members: [(String, JSON)] = []) {
    self.init(members.map { Member(name: $0.0, value: $0.1) })
  }

  package var members: [Member] {
    switch storage {
    case .members(let members): members
    case .row(let rows, let row): rows.members(of: row)
    }
  }

  /// The number of members.
  package var count: Int {
    switch storage {
    case .members(let members): members.count
    case .row(let rows, let row): rows.count(of: row)
    }
  }

  package subscript(name: String) -> JSON? {
    switch storage {
    case .members(let members): members.last { $0.name.hasSameBytes(as: name) }?.value
    case .row(let rows, let row): rows.member(name, of: row)
    }
  }

  package func has(_ name: String) -> Bool {
    switch storage {
    case .members(let members): members.contains { $0.name.hasSameBytes(as: name) }
    case .row(let rows, let row): rows.place(of: name, in: row) != nil
    }
  }

  /// The object's list and its index there; `nil` if the object holds its members itself.
  package var row: (rows: JSONRows, index: Int)? {
    if case .row(let rows, let index) = storage { (rows, index) } else { nil }
  }

  /// The object with its members decoded, so that it doesn't keep the JSON text in memory.
  package var detached: JSON.Object { row == nil ? self : JSON.Object(members) }

  /// A function that finds members by name, faster than the subscript if there are many.
  package var finder: (String) -> JSON? {
    guard case .members(let members) = storage, members.count > 24 else { return { self[$0] } }
    let index = index
    return { name in index[Array(name.utf8)].map { members[$0].value } }
  }

  /// The position of each member by the bytes of its name.
  package var index: [[UInt8]: Int] {
    Dictionary(members.enumerated().map { (Array($1.name.utf8), $0) }, uniquingKeysWith: { $1 })
  }

  // MARK: Changes

  /// Replaces a member in place, or appends it.
  package mutating func set(_ name: String, _ value: JSON) {
    let member = Member(name: name, value: value)
    change { members in
      if let index = members.lastIndex(where: { $0.name.hasSameBytes(as: name) }) {
        members[index] = member
      } else {
        members.append(member)
      }
    }
  }

  /// Replaces or appends many members, in time proportional to their number.
  package mutating func set(_ added: [(name: String, value: JSON)]) {
    guard added.count > 8 else { return added.forEach { set($0.name, $0.value) } }
    var places = index
    change { members in
      for (name, value) in added {
        let place = places[Array(name.utf8)]
        let member = Member(name: name, value: value)
        if let place { members[place] = member } else { members.append(member) }
        places[Array(name.utf8)] = place ?? members.count - 1
      }
    }
  }

  package mutating func remove(_ name: String) {
    change { $0.removeAll { $0.name.hasSameBytes(as: name) } }
  }

  /// Changes the members without copying them, if nothing else holds them.
  private mutating func change(_ body: (inout [Member]) -> Void) {
    var members = members
    storage = .members([])
    body(&members)
    storage = .members(members)
  }

  var sortingMembers: JSON.Object {
    let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return JSON.Object(sorted.map { ($0.name, $0.value.sortingMembers) })
  }
}

extension JSON.Object: Hashable {
  package static func == (lhs: Self, rhs: Self) -> Bool { lhs.members == rhs.members }
  package func hash(into hasher: inout Hasher) { hasher.combine(members) }
}
