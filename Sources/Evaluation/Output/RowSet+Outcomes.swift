import Language

extension RowSet {
  /// The outcome rows of a write with the columns that say what happened. Rows whose columns a
  /// `select` has chosen stay as they are.
  package var briefOutcomes: RowSet {
    let slots = (["id", "name"] + Outcome.columns.map(\.name)).compactMap { schema.slot(of: $0) }
    guard schema.areConnections, schema.slot(of: "raw") != nil,
      slots.count == Outcome.columns.count + 2
    else { return self }
    let rows = rows.map { row in Row(values: slots.map { shown(row, $0) }) }
    return RowSet(Schema(slots.map { schema.columns[$0] }, areConnections: false), rows)
  }
}
