/// A table of values with a header.
package struct Cells {
  var header: [String]
  var rows: [[Value]]
  /// `true` iff the rows are whole connections, not columns that the user selected.
  var areWholeConnections: Bool

  package init(header: [String], rows: [[Value]], areWholeConnections: Bool = false) {
    self.header = header
    self.rows = rows
    self.areWholeConnections = areWholeConnections
  }
}
