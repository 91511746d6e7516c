/// The columns of rows, and whether the rows are connections.
package struct Schema: Hashable, Sendable {
  package let columns: [Column]
  /// `true` iff each row represents one connection, so that it can be updated or deleted.
  package let areConnections: Bool
  /// `true` iff the columns are unknown because of an error, so any name may be one.
  let isOpen: Bool

  /// A column: its name, its type, and whether it may be null.
  package struct Column: Hashable, Sendable {
    package let name: String
    package let type: ValueType
    package let isNullable: Bool

    package init(_ name: String, _ type: ValueType, nullable: Bool = false) {
      self.name = name
      self.type = type
      self.isNullable = nullable
    }
  }

  package init(_ columns: [Column], areConnections: Bool) {
    self.init(columns, areConnections: areConnections, isOpen: false)
  }

  private init(_ columns: [Column], areConnections: Bool, isOpen: Bool) {
    self.columns = columns
    self.areConnections = areConnections
    self.isOpen = isOpen
  }

  /// The schema of rows after an error.
  static let unknown = Schema([], areConnections: true, isOpen: true)

  package static let empty = Schema([], areConnections: false)

  /// Returns the index of a column, by its name or by the alias of a connection's field.
  package func slot(of name: String) -> Int? {
    if let slot = columns.firstIndex(where: { $0.name == name }) { return slot }
    guard areConnections, let field = Field.named(name) else { return nil }
    return columns.firstIndex { $0.name == field.name }
  }

  /// The index of each column by the bytes of its name, to find many of them.
  package var slotsByName: [[UInt8]: Int] {
    Dictionary(
      columns.enumerated().map { (Array($1.name.utf8), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Returns the schema with the columns at these indices marked as never null.
  package func requiring(_ slots: [Int]) -> Schema { marking(slots, nullable: false) }

  /// Returns the schema with every field nullable again that the API may return as null.
  package var forgettingProofs: Schema {
    if refines(.connections) { return .connections }
    let proven = columns.indices.filter { slot in
      !columns[slot].isNullable && Field.named(columns[slot].name)?.isNullable == true
    }
    return marking(proven, nullable: true)
  }

  /// Returns `true` iff the schema is the other one, perhaps with some columns marked as never null.
  private func refines(_ other: Schema) -> Bool {
    areConnections == other.areConnections && columns.count == other.columns.count
      && columns.indices.allSatisfy { slot in
        columns[slot].name == other.columns[slot].name
          && columns[slot].type == other.columns[slot].type
          && (other.columns[slot].isNullable || !columns[slot].isNullable)
      }
  }

  private func marking(_ slots: [Int], nullable: Bool) -> Schema {
    guard slots.contains(where: { columns[$0].isNullable != nullable }) else { return self }
    var marked = columns
    for slot in slots {
      marked[slot] = Column(columns[slot].name, columns[slot].type, nullable: nullable)
    }
    return Schema(marked, areConnections: areConnections, isOpen: isOpen)
  }

  /// Returns the schema with additional columns; a column with the same name is replaced.
  package func adding(_ added: [Column]) -> Schema {
    var all = columns
    all.reserveCapacity(columns.count + added.count)
    all.removeAll { column in added.contains { $0.name == column.name } }
    all += added
    return Schema(all, areConnections: areConnections, isOpen: isOpen)
  }

  /// The index of the column that measures something: `count`, or else the last numeric column. A
  /// connection's own numbers don't qualify, since they are ids; a json column does, since it may
  /// contain a number.
  package var measure: Int? {
    if let slot = columns.firstIndex(where: { $0.name == "count" && $0.type == .int }) {
      return slot
    }
    let others = columns.indices.filter { Field.named(columns[$0].name) == nil }
    return others.last { columns[$0].type == .int } ?? others.last { columns[$0].type == .json }
  }
}
