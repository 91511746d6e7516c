import API
import JSON
import Language

/// The records of a data file as a table, each with a value for every name that occurs.
struct FileTable {
  private var names: [String] = []
  /// The index of each name by its bytes; Swift takes names that only look alike for equal.
  private var slots: [[UInt8]: Int] = [:]
  private let records: FileRecords
  /// The ids of the records, if all are connections.
  private let ids: [Int64]?
  /// `true` iff the records are connections, some with their application as `provider`.
  private let hasProviders: Bool

  /// The rows of a file: connections if each record has the id of one, otherwise plain records.
  /// `header` has the names of a CSV file, whose fields have the types of their names; it is empty
  /// for other files. Throws if an id is a number that no connection can have, or a field has the
  /// wrong type.
  static func rows(_ records: FileRecords, _ header: [String]) throws(DiskError) -> RowSet {
    let ids = try ids(records)
    let areConnections = header.isEmpty || header.contains("id")
    let table = FileTable(records, areConnections ? ids : nil, header)
    if table.ids != nil || !header.isEmpty { try FieldTypes(records).require() }
    try table.requireDense()
    return table.rows
  }

  /// Returns the ids of the records; `nil` if one has none.
  private static func ids(_ records: FileRecords) throws(DiskError) -> [Int64]? {
    let slots = records.rows.slots(of: "id")
    let parts = records.rows.inParts { rows, range in
      Result { () throws(DiskError) in
        var ids: [Int64] = []
        ids.reserveCapacity(range.count)
        for index in range {
          let slot = slots[rows.shape(of: index)]
          let place = slot.map { rows.place($0, of: index) }
          let plain = place.flatMap { rows.integer(at: $0) ?? rows.digits(at: $0) }
          let id = plain.map { $0 > 0 } == true ? plain : try records.id(index)
          if let id { ids.append(id) }
        }
        return ids
      }
    }
    var ids: [Int64] = []
    for part in parts { ids += try part.get() }
    return ids.count == records.count ? ids : nil
  }

  private init(_ records: FileRecords, _ ids: [Int64]?, _ header: [String]) {
    let names = records.rows.names
    self.records = records
    self.ids = ids
    hasProviders = ids != nil && names.joined().contains("provider")
    header.forEach { add($0) }
    for names in hasProviders ? objects.differentNames : names {
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

  /// Refuses records with so many different names that a table of them would be almost empty, since
  /// every row has a value for every name.
  private func requireDense() throws(DiskError) {
    guard names.count * records.count <= max(1 << 22, 16 * records.rows.memberCount) else {
      throw DiskError(
        "the \(records.count) records have \(names.count) different names, too many for a table")
    }
  }

  // MARK: Rows

  /// Whole connections, with the other columns of the file, if all have a name; otherwise rows with
  /// the columns of the file alone.
  private var rows: RowSet {
    let areWhole =
      ids != nil && (names.isEmpty || records.rows.names.allSatisfy { $0.contains("name") })
    let own = columns { !areWhole || Field.named($0) == nil }
    let columns = (areWhole ? Schema.connections.columns : []) + own.map(\.column)
    let values = own.isEmpty ? nil : values(own)
    let text = areWhole && !hasProviders ? records.rows : nil
    let rows = Rows(count: records.count, text: text) { [self] index in
      let (values, place) = (values?[index] ?? [], records.place(index))
      guard let connection = connection(index) else { return Row(values: values, place: place) }
      return areWhole
        ? Row(connection, added: values, place: place)
        : Row(values: values, connection: connection, place: place)
    }
    return RowSet(Schema(columns, areConnections: ids != nil), rows)
  }

  private func connection(_ index: Int) -> Connection? {
    guard let id = ids?[index] else { return nil }
    let connection = Connection(id: id, records.rows[index])
    return hasProviders ? connection.renamingProvider : connection
  }

  /// The records, as those of connections if they are.
  private var objects: some Sequence<JSON.Object> {
    (0..<records.count).lazy.map { connection($0)?.object ?? records.rows[$0] }
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
    return zip(included, kinds).map { ($0, $1.column(names[$0], of: records.count)) }
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
