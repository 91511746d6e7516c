/// The columns of rows, and whether the rows are connections.
package struct Schema: Hashable, Sendable {
  package let columns: [Column]
  /// `true` iff each row stands for one connection, so that it can be updated or deleted.
  package let areConnections: Bool
  /// `true` iff an error hides the columns: any name may stand for one.
  let isOpen: Bool

  /// One column: a name, a type, and whether null may stand in it.
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

  /// The schema behind an error.
  static let unknown = Schema([], areConnections: true, isOpen: true)

  package static let empty = Schema([], areConnections: false)

  /// Returns the place of the column, by its name or by the alias of a connection's field.
  package func slot(of name: String) -> Int? {
    if let slot = columns.firstIndex(where: { $0.name == name }) { return slot }
    guard areConnections, let field = Field.named(name) else { return nil }
    return columns.firstIndex { $0.name == field.name }
  }

  /// Returns the schema whose columns of these names are known not to be null.
  package func requiring(_ names: Set<String>) -> Schema {
    let columns = columns.map { column in
      names.contains(column.name) ? Column(column.name, column.type) : column
    }
    return Schema(columns, areConnections: areConnections, isOpen: isOpen)
  }

  /// Returns the schema whose fields may be null wherever the API's may.
  package var forgettingProofs: Schema {
    let columns = columns.map { column in
      let isNullable = Field.named(column.name)?.isNullable ?? false
      return Column(column.name, column.type, nullable: column.isNullable || isNullable)
    }
    return Schema(columns, areConnections: areConnections, isOpen: isOpen)
  }

  /// Returns the schema with more columns; one of the same name is replaced.
  package func adding(_ added: [Column]) -> Schema {
    let kept = columns.filter { column in !added.contains { $0.name == column.name } }
    return Schema(kept + added, areConnections: areConnections, isOpen: isOpen)
  }

  /// The place of the column that tells how much: `count`, or else the last number. The numbers that
  /// a connection has are ids, which tell nothing of that kind; what json holds may be a number.
  package var measure: Int? {
    if let slot = columns.firstIndex(where: { $0.name == "count" && $0.type == .int }) {
      return slot
    }
    let others = columns.indices.filter { Field.named(columns[$0].name) == nil }
    return others.last { columns[$0].type == .int } ?? others.last { columns[$0].type == .json }
  }
}
