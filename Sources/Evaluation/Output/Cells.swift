/// Rows as columns of values, with their names first.
package struct Cells {
  var header: [String]
  var rows: [[Value]]
  /// `true` iff nobody asked for just these columns.
  var areWholeConnections: Bool

  package init(header: [String], rows: [[Value]], areWholeConnections: Bool = false) {
    self.header = header
    self.rows = rows
    self.areWholeConnections = areWholeConnections
  }
}
