import Language

/// Rows with the schema of their columns.
package struct RowSet: Sendable {
  package let schema: Schema
  package let rows: [Row]

  package init(_ schema: Schema, _ rows: [Row]) {
    self.schema = schema
    self.rows = rows
  }
}
