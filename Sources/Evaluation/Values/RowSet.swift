import API
import JSON
import Language

/// Rows with the schema of their columns.
package struct RowSet: Sendable {
  package let schema: Schema
  package let rows: Rows

  package init(_ schema: Schema, _ rows: Rows) {
    self.schema = schema
    self.rows = rows
  }

  package init(_ schema: Schema, _ rows: [Row]) { self.init(schema, Rows(rows)) }

  /// The rows for later use. A few rows of a long list are copied, so that its text can be freed.
  package var kept: RowSet {
    let length = rows.first?.connection?.object.row?.rows.count ?? 0
    return rows.count < length / 16 ? RowSet(schema, rows.map(\.detached)) : self
  }

  /// The rows of a list.
  package init(_ connections: [Connection]) { self.init(.connections, Rows(connections)) }
}
