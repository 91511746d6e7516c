import API
import JSON
import Language

/// The records of a data file as a table, each with a value for every name that occurs.
struct FileTable {
  private var names: [String] = []
  /// The index of each name by its bytes; Swift takes names that only look alike for equal.
  private var slots: [[UInt8]: Int] = [:]
  private let objects: [JSON.Object]
  private let places: [RowPlace]

  /// `header` has the names of a CSV file, whose fields have the types of their names; it is empty
  /// for other files.
  private init(_ objects: [JSON.Object], _ places: [RowPlace], _ header: [String]) {
    self.objects = objects
    self.places = places
    header.forEach { add($0) }
    for object in objects {
      for (index, member) in object.members.enumerated() where slot(member.name, index) == nil {
        add(member.name)
      }
    }
  }

  /// The slot of a name; most records have their names in the order of the first, so `index` is
  /// tried before the name is looked up.
  private func slot(_ name: String, _ index: Int) -> Int? {
    index < names.count && names[index].hasSameBytes(as: name) ? index : slots[Array(name.utf8)]
  }

  private mutating func add(_ name: String) {
    let key = Array(name.utf8)
    guard slots[key] == nil else { return }
    slots[key] = names.count
    names.append(name)
  }

  /// The rows of a file: connections if each record has the id of one, otherwise plain records.
  /// Throws if an id is a number that no connection can have, or a field has the wrong type.
  static func rows(_ records: [FileRecord], _ header: [String]) throws(DiskError) -> RowSet {
    let connections = try records.mapping { record throws(DiskError) in try record.connection() }
      .compactMap { $0?.renamingProvider }
    let areConnections =
      connections.count == records.count && (header.isEmpty || header.contains("id"))
    if areConnections || !header.isEmpty {
      for record in records { try record.requireTypes() }
    }
    let objects = areConnections ? connections.map(\.object) : records.map(\.object)
    let table = FileTable(objects, records.map(\.place), header)
    try table.requireDense()
    return areConnections ? table.rows(connections) : table.plainRows
  }

  /// Refuses records with so many different names that a table of them would be almost empty, since
  /// every row has a value for every name.
  private func requireDense() throws(DiskError) {
    let members = objects.reduce(0) { $0 + $1.members.count }
    guard names.count * objects.count <= max(1 << 22, 16 * members) else {
      throw DiskError(
        "the \(objects.count) records have \(names.count) different names, too many for a table")
    }
  }

  // MARK: Rows

  private var plainRows: RowSet {
    let columns = columns { _ in true }
    let rows = zip(places, values(columns)).map { Row(values: $1, place: $0) }
    return RowSet(Schema(columns.map(\.column), areConnections: false), rows)
  }

  /// Whole connections, with the other columns of the file, if all have a name; otherwise rows with
  /// the columns of the file alone.
  private func rows(_ connections: [Connection]) -> RowSet {
    let areWhole =
      names.isEmpty || connections.allSatisfy { $0.object["name"] != nil } && slot("name", 0) != nil
    let own = columns { !areWhole || Field.named($0) == nil }
    let columns = (areWhole ? Schema.connections.columns : []) + own.map(\.column)
    let values = values(own)
    let rows = connections.indices.map { index in
      areWhole
        ? Row(connections[index], added: values[index], place: places[index])
        : Row(values: values[index], connection: connections[index], place: places[index])
    }
    return RowSet(Schema(columns, areConnections: true), rows)
  }

  // MARK: Columns

  private typealias Slot = (slot: Int, column: Schema.Column)

  private func columns(_ isIncluded: (String) -> Bool) -> [Slot] {
    let included = names.map(isIncluded)
    guard included.contains(true) else { return [] }
    var kinds = names.map { ColumnKind($0) }
    for object in objects {
      for (index, member) in object.members.enumerated() {
        guard let slot = slot(member.name, index), included[slot] else { continue }
        kinds[slot].add(member.value)
      }
    }
    return names.indices.filter { included[$0] }.map { slot in
      (slot, kinds[slot].column(names[slot], of: objects.count))
    }
  }

  private func values(_ columns: [Slot]) -> [[Value]] {
    guard !columns.isEmpty else { return objects.map { _ in [] } }
    return objects.map { object in
      var cells = [JSON](repeating: .null, count: names.count)
      for (index, member) in object.members.enumerated() {
        slot(member.name, index).map { cells[$0] = member.value }
      }
      return columns.map { Value(cells[$0.slot], as: $0.column.type) ?? .null }
    }
  }
}

/// Infers the narrowest type that fits all values of a column.
private struct ColumnKind {
  private var candidates: [ValueType]
  private var present = 0

  init(_ name: String) {
    candidates = (Field.named(name).map { [$0.type] } ?? []) + [.string, .int, .bool]
  }

  mutating func add(_ value: JSON) {
    guard value != .null else { return }
    present += 1
    candidates.removeAll { !value.isExactly($0) }
  }

  func column(_ name: String, of count: Int) -> Schema.Column {
    Schema.Column(name, candidates.first ?? .json, nullable: present < count)
  }
}

extension JSON {
  fileprivate func isExactly(_ type: ValueType) -> Bool {
    switch (type, self) {
    case (.string, .string), (.int, .int), (.bool, .bool): true
    case (.int, .string), (.timestamp, .string), (.list, .array), (.list, .string):
      Value(self, as: type) != nil
    default: false
    }
  }
}
