import API

/// An ordered collection of rows. Rows of a list or file are created on each access; a hundred
/// thousand of them would take more memory than the file.
package struct Rows: Sendable {
  private let storage: Storage

  private enum Storage: Sendable {
    case made([Row])
    case unmade(count: Int, @Sendable (Int) -> Row)
  }

  package init(_ rows: [Row]) { storage = .made(rows) }

  /// Creates a collection that calls `row` for the row at an index.
  package init(count: Int, _ row: @escaping @Sendable (Int) -> Row) {
    storage = .unmade(count: count, row)
  }

  package init(_ connections: [Connection]) {
    self.init(count: connections.count) { Row(connections[$0]) }
  }
}

extension Rows: RandomAccessCollection {
  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch storage {
    case .made(let rows): rows.count
    case .unmade(let count, _): count
    }
  }

  package subscript(index: Int) -> Row {
    switch storage {
    case .made(let rows): rows[index]
    case .unmade(_, let row): row(index)
    }
  }
}
