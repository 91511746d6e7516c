import API
import JSON
import Language
import Text

/// The records of a data file in their order, and their places for messages.
struct FileRecords {
  private let source: RowPlace.Source
  private(set) var objects: [JSON.Object] = []
  /// The line of each record, if it is not a JSON array.
  private var lines: [Int] = []

  /// The records of a file with their lines.
  init(_ objects: [JSON.Object], lines: [Int], _ file: DataFile) {
    source = RowPlace.Source(file)
    self.objects = objects
    self.lines = lines
  }

  /// The records of a JSONL file, to be added with their lines.
  init(_ file: DataFile) { source = RowPlace.Source(file) }

  /// The elements of a JSON array. Throws if one isn't an object.
  init(_ elements: [JSON], _ file: DataFile) throws(DiskError) {
    source = RowPlace.Source(file)
    objects.reserveCapacity(elements.count)
    for element in elements {
      guard let object = element.object else {
        throw DiskError("\(place(objects.count)) is not an object")
      }
      objects.append(object)
    }
  }

  mutating func append(_ object: JSON.Object, line: Int) {
    objects.append(object)
    lines.append(line)
  }

  var count: Int { objects.count }

  func place(_ index: Int) -> RowPlace {
    RowPlace(source, lines.isEmpty ? index + 1 : lines[index])
  }

  /// Returns the record as a connection; `nil` if it has no id, or an id of another system such as
  /// `U1`. Throws if the id is a number that no connection can have.
  func connection(_ index: Int) throws(DiskError) -> Connection? {
    if let connection = Connection(.object(objects[index])) { return connection }
    guard let id = objects[index]["id"], id.looksNumeric else { return nil }
    throw DiskError("\(place(index)): \(id.text) is not an id; ids are whole numbers from 1")
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
