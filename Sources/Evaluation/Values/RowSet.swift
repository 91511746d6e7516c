import API
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

  /// The rows of a list.
  package init(_ connections: [Connection]) { self.init(.connections, Rows(connections)) }
}
