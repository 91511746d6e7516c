import Language
import Text

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

extension Cells {
  /// The table with dates in the columns whose timestamps were all computed as the start of a day in
  /// UTC, such as those of `date(created_at)`.
  var withDates: Cells {
    var cells = self
    for column in header.indices where holdsDays(column) {
      for row in cells.rows.indices { cells.rows[row][column] = cells.rows[row][column].asDate }
    }
    return cells
  }

  private func holdsDays(_ column: Int) -> Bool {
    rows.allSatisfy { $0[column].isNull || $0[column].isComputedDay }
  }
}

extension Value {
  fileprivate var isComputedDay: Bool {
    guard case .timestamp(let time) = self else { return false }
    return time.lexeme == nil && time.microseconds.modulo(86_400_000_000) == 0
  }

  fileprivate var asDate: Value {
    guard case .timestamp(let time) = self else { return self }
    return .timestamp(Timestamp(microseconds: time.microseconds, lexeme: time.date))
  }
}
