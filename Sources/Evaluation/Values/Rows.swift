import API
import JSON

/// An ordered collection of rows. Rows of a list or file are created on each access; a hundred
/// thousand of them would take more memory than the file.
package struct Rows: Sendable {
  private let storage: Storage

  private enum Storage: Sendable {
    case made([Row])
    case unmade(count: Int, text: JSONRows?, @Sendable (Int) -> Row)
  }

  package init(_ rows: [Row]) { storage = .made(rows) }

  /// Creates a collection that calls `row` for the row at an index. If all fields of each row are read
  /// from a text, `text` has them at the same index.
  package init(count: Int, text: JSONRows? = nil, _ row: @escaping @Sendable (Int) -> Row) {
    storage = .unmade(count: count, text: text, row)
  }

  package init(_ connections: [Connection]) {
    self.init(count: connections.count, text: connections.text) { Row(connections[$0]) }
  }
}

extension Rows: RandomAccessCollection {
  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch storage {
    case .made(let rows): rows.count
    case .unmade(let count, _, _): count
    }
  }

  package subscript(index: Int) -> Row {
    switch storage {
    case .made(let rows): rows[index]
    case .unmade(_, _, let row): row(index)
    }
  }
}

/// Makes a function for rows of a text that tells whether a row satisfies a condition; `nil` if the
/// values decide.
typealias RowTest = @Sendable (JSONRows) -> (JSONRows.Reader, Int) -> Bool?

extension Rows {
  /// Returns the rows that satisfy a condition. A row that doesn't, according to a test of its text, is
  /// never made.
  func keeping(
    _ condition: (Row) throws(RunError) -> Bool, by test: RowTest?
  ) throws(RunError) -> [Row] {
    guard let test, case .unmade(_, let text?, let row) = storage else {
      return try keeping(condition)
    }
    let candidates = text.inParts { rows, range in
      let holds = test(text)
      return range.compactMap { index in
        let holds = holds(rows, index)
        return holds == false ? nil : (index: index, isSure: holds == true)
      }
    }
    var kept: [Row] = []
    for (index, isSure) in candidates.joined() {
      let row = row(index)
      let holds = isSure ? true : try condition(row)
      if holds { kept.append(row) }
    }
    return kept
  }
}

extension [Connection] {
  /// The list in a text whose elements these are, one by one; `nil` if there is none.
  fileprivate var text: JSONRows? {
    guard let rows = first?.object.row?.rows, rows.count == count else { return nil }
    let isList = indices.allSatisfy { index in
      self[index].object.row.map { $0.rows === rows && $0.index == index } ?? false
    }
    return isList ? rows : nil
  }
}
