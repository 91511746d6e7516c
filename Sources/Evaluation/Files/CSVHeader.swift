import JSON
import Language
import Text

/// The names of the columns of a CSV file.
struct CSVHeader: Sendable {
  private(set) var names: [String] = []
  /// For each column, whether it holds lists.
  private(set) var areLists: [Bool] = []
  private(set) var notes: [FileNote] = []

  /// Reads the first record; returns `nil` if there is none. Throws for a column without a name, and
  /// for a name that occurs twice, whatever its case.
  init?(_ reader: inout CSVReader, in text: Span<UInt8>) throws(CSVReader.Problem) {
    var fields: [CSVReader.Field] = []
    guard let line = try reader.next(&fields, in: text) else { return nil }
    var seen: Set<String> = []
    for (index, field) in fields.enumerated() {
      let name = add(CSVReader.text(of: field, in: text), isQuoted: field.isQuoted)
      guard !name.isEmpty else {
        throw CSVReader.Problem(line: line, message: "column \(index + 1) has no name")
      }
      guard seen.insert(Field.named(name)?.name ?? name.lowercased()).inserted else {
        throw CSVReader.Problem(line: line, message: "the column `\(name)` occurs twice")
      }
    }
  }

  /// Adds a column, and returns its name.
  private mutating func add(_ text: String, isQuoted: Bool) -> String {
    let column = Self.column(text, isQuoted: isQuoted)
    if !column.name.hasSameBytes(as: text), Field.named(column.name) != nil {
      notes.append(FileNote("the column `\(text)` is read as `\(column.name)`"))
    }
    names.append(column.name)
    areLists.append(column.isList)
    return column.name
  }

  /// A field of connections is found by its name or alias, in any case and with blanks around it.
  private static func column(_ text: String, isQuoted: Bool) -> (name: String, isList: Bool) {
    let name = (CSVCell.value(text, isQuoted: isQuoted, isList: false).string ?? "")
      .trimmingBlanks()
    let known = Field.named(name) ?? Field.named(name.lowercased())
    let isList = if case .list = known?.type { true } else { false }
    return (known == nil || known?.name == name ? name : name.lowercased(), isList)
  }
}
