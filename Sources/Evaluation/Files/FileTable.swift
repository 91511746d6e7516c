import API
import JSON
import Language

/// The records of a data file as a table, each with a value for every name that occurs.
struct FileTable {
  private var names: [String] = []
  /// The index of each name by its bytes; Swift takes names that only look alike for equal.
  private var slots: [[UInt8]: Int] = [:]
  private let objects: [JSON.Object]
  private let records: FileRecords

  /// `header` has the names of a CSV file, whose fields have the types of their names; it is empty
  /// for other files.
  private init(_ objects: [JSON.Object], _ records: FileRecords, _ header: [String]) {
    self.objects = objects
    self.records = records
    header.forEach { add($0) }
    for names in objects.differentNames {
      for (index, name) in names.enumerated() where slot(name, index) == nil { add(name) }
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
  static func rows(_ records: FileRecords, _ header: [String]) throws(DiskError) -> RowSet {
    let connections = try connections(records)
    let areConnections =
      connections.count == records.count && (header.isEmpty || header.contains("id"))
    if areConnections || !header.isEmpty { try FieldTypes(records).require() }
    let objects = areConnections ? connections.map(\.object) : records.objects
    let table = FileTable(objects, records, header)
    try table.requireDense()
    return areConnections ? table.rows(connections) : table.plainRows
  }

  /// Returns the records that are connections.
  private static func connections(_ records: FileRecords) throws(DiskError) -> [Connection] {
    var connections: [Connection] = []
    connections.reserveCapacity(records.count)
    for index in 0..<records.count {
      try records.connection(index).map { connections.append($0.renamingProvider) }
    }
    return connections
  }

  /// Refuses records with so many different names that a table of them would be almost empty, since
  /// every row has a value for every name.
  private func requireDense() throws(DiskError) {
    let members = objects.reduce(0) { $0 + $1.count }
    guard names.count * objects.count <= max(1 << 22, 16 * members) else {
      throw DiskError(
        "the \(objects.count) records have \(names.count) different names, too many for a table")
    }
  }

  // MARK: Rows

  private var plainRows: RowSet {
    let columns = columns { _ in true }
    let (values, records) = (values(columns), records)
    return RowSet(
      Schema(columns.map(\.column), areConnections: false),
      Rows(count: values.count) { Row(values: values[$0], place: records.place($0)) })
  }

  /// Whole connections, with the other columns of the file, if all have a name; otherwise rows with
  /// the columns of the file alone.
  private func rows(_ connections: [Connection]) -> RowSet {
    let areWhole =
      names.isEmpty || connections.allSatisfy { $0.object.has("name") } && slot("name", 0) != nil
    let own = columns { !areWhole || Field.named($0) == nil }
    let columns = (areWhole ? Schema.connections.columns : []) + own.map(\.column)
    let (values, records) = (own.isEmpty ? [] : values(own), records)
    let rows = Rows(count: connections.count) { index in
      let (connection, place) = (connections[index], records.place(index))
      let values = values.isEmpty ? [] : values[index]
      return areWhole
        ? Row(connection, added: values, place: place)
        : Row(values: values, connection: connection, place: place)
    }
    return RowSet(Schema(columns, areConnections: true), rows)
  }

  // MARK: Columns

  private typealias Slot = (slot: Int, column: Schema.Column)

  private func columns(_ isIncluded: (String) -> Bool) -> [Slot] {
    let included = names.indices.filter { isIncluded(names[$0]) }
    guard !included.isEmpty else { return [] }
    var kinds = included.map { ColumnKind(names[$0]) }
    for object in objects {
      for (index, value) in cells(object, included).enumerated() { kinds[index].add(value) }
    }
    return zip(included, kinds).map { ($0, $1.column(names[$0], of: objects.count)) }
  }

  private func values(_ columns: [Slot]) -> [[Value]] {
    let slots = columns.map(\.slot)
    return objects.map { object in
      zip(columns, cells(object, slots)).map { Value($1, as: $0.column.type) ?? .null }
    }
  }

  /// Returns the values of a record for some of the names; `null` for a name that it doesn't have.
  private func cells(_ object: JSON.Object, _ slots: [Int]) -> [JSON] {
    if object.row != nil { return slots.map { object[names[$0]] ?? .null } }
    var cells = [JSON](repeating: .null, count: names.count)
    for (index, member) in object.members.enumerated() {
      slot(member.name, index).map { cells[$0] = member.value }
    }
    return slots.map { cells[$0] }
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
