import API
import JSON
import Language
import Text

/// Writes rows with one `field  value` line per member, for looking at a few rows closely.
struct RecordWriter {
  let style: TextStyle
  /// The terminal width in columns; `nil` means no limit.
  let width: Int?

  /// The maximum width of a name; a longer one gets a line of its own.
  private static let longestName = 30
  /// If values have less room than this, they go below their names.
  private static let minRoom = 16
  private static let gap = 2
  /// The width of a rule without a terminal width.
  private static let ruleWidth = 40

  func text(_ set: RowSet) -> String {
    guard !set.rows.isEmpty else { return style.paint("0 rows", .dim) + "\n" }
    return set.rows.enumerated().map { index, row in
      let head = set.rows.count == 1 ? "" : rule(index + 1, of: set.rows.count)
      return head + record(set.members(of: row))
    }.joined()
  }

  /// Returns the line above a record: `── 2 of 12 ─────…`.
  private func rule(_ number: Int, of count: Int) -> String {
    let heading = "── \(number) of \(count) "
    let rest = max(2, (width ?? Self.ruleWidth) - heading.displayWidth)
    return style.paint(heading + String(repeating: "─", count: rest), .dim) + "\n"
  }

  private func record(_ members: [RowSet.Member]) -> String {
    let names = members.map { $0.name.escapingHiddenCharacters() }
    let widest = names.map(\.displayWidth).max() ?? 0
    let column = min(widest, Self.longestName) + Self.gap
    let isStacked = width.map { $0 - column < Self.minRoom } ?? false
    return zip(names, members).map { name, member in
      entry(name, member.value.recordLines, isStacked ? nil : column)
    }.joined()
  }

  /// Returns the lines of one member: the value next to its name, starting at `column`, or below
  /// it.
  private func entry(_ name: String, _ lines: [String]?, _ column: Int?) -> String {
    let besides = column.flatMap { name.displayWidth + Self.gap <= $0 ? $0 : nil }
    let indent = besides ?? column ?? Self.gap
    let value = lines.map { $0.flatMap { $0.wrapped(to: room(behind: indent)) } }
    let shown = value ?? [style.paint("–", .dim)]
    let blanks = String(repeating: " ", count: indent)
    let head = besides.map { name.padded(to: $0) } ?? ""
    let heading = besides == nil ? titles(name) : ""
    return heading
      + shown.enumerated().map { index, line in
        let lead = index == 0 && besides != nil ? style.paint(head, .bold) : blanks
        return (lead + line).trimmingTrailing() + "\n"
      }.joined()
  }

  /// Returns a name on lines of its own.
  private func titles(_ name: String) -> String {
    name.wrapped(to: width.map { max(1, $0) }).map { style.paint($0, .bold) + "\n" }.joined()
  }

  private func room(behind indent: Int) -> Int? { width.map { max(1, $0 - indent) } }
}

extension RowSet {
  /// A column of a row with its value.
  struct Member {
    let name: String
    package let value: Value
  }

  /// Returns the members of a row: its columns in order. For a whole connection these are the
  /// fields that the API sent, followed by members that the schema doesn't know.
  func members(of row: Row) -> [Member] {
    let connection = row.isWhole ? row.connection?.renamingProvider : nil
    let slots = schema.columns.indices.filter { slot in
      guard let connection, slot < Field.readable.count else { return true }
      let field = Field.readable[slot]
      return field.origin == .derived
        ? field.type != .json : connection.member(field.name) != nil
    }
    let known = slots.map { Member(name: schema.columns[$0].name, value: shown(row, $0)) }
    return known + (connection?.unknownMembers ?? [])
  }
}

extension Connection {
  /// The members that the API sent and that are not fields.
  fileprivate var unknownMembers: [RowSet.Member] {
    object.members.filter { ![.answer, .tagList].contains(Field.named($0.name)?.origin) }
      .map { RowSet.Member(name: $0.name, value: .json($0.value)) }
  }
}

extension Value {
  /// The value as lines with hidden characters escaped: text as it is, a list on one line, anything
  /// nested as indented JSON; `nil` for null.
  fileprivate var recordLines: [String]? {
    switch unwrapped {
    case .null: nil
    case .list(let values) where values.allSatisfy(\.isScalar):
      ["[" + values.map(\.json.text).joined(separator: ", ") + "]"]
    case .list, .record, .json:
      json.indentedText.split(separator: "\n").map { String($0).escapingHiddenCharacters() }
    case .string(""): ["\"\""]
    default: [text.escapingHiddenCharacters()]
    }
  }

  private var isScalar: Bool {
    switch unwrapped {
    case .list, .record: false
    case .json(let json): json.object == nil
    default: true
    }
  }
}
