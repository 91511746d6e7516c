import API
import JSON
import Language
import Text

/// The records of a data file in their order, and their places for messages.
struct FileRecords: Sendable {
  let rows: JSONRows
  private let source: RowPlace.Source
  /// The line of each record; empty for a JSON array.
  private let lines: [Int]

  init(_ rows: JSONRows, lines: [Int] = [], _ file: DataFile) {
    self.rows = rows
    self.lines = lines
    source = RowPlace.Source(file)
  }

  var count: Int { rows.count }

  func place(_ index: Int) -> RowPlace {
    RowPlace(source, lines.isEmpty ? index + 1 : lines[index])
  }

  /// Returns the id of the record's connection; `nil` if it has none, or an id of another system such
  /// as `U1`. Throws if the id is a number that no connection can have.
  func id(_ index: Int) throws(DiskError) -> Int64? {
    guard let value = rows.member("id", of: index) else { return nil }
    if let id = Connection.id(value) { return id }
    guard value.looksNumeric else { return nil }
    throw DiskError("\(place(index)): \(value.text) is not an id; ids are whole numbers from 1")
  }
}

extension JSON {
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  /// `true` iff the value is a number, or text that looks like one.
  fileprivate var looksNumeric: Bool {
    switch self {
    case .int, .number: true
    case .string(let text):
      text.utf8.contains { Self.digits.contains($0) }
        && text.trimmingBlanks().utf8.allSatisfy {
          Self.digits.contains($0) || "+-.".utf8.contains($0)
        }
    default: false
    }
  }
}
