import Language

/// Rows and the schema that says what their columns are.
package struct RowSet: Sendable {
  package let schema: Schema
  package let rows: [Row]

  package init(_ schema: Schema, _ rows: [Row]) {
    self.schema = schema
    self.rows = rows
  }
}
