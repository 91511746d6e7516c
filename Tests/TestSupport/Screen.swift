/// Simulates the screen of a terminal.
///
/// It supports the control sequences that readline and the program send, as xterm does. Source:
/// xterm, "Control Sequences"; ECMA-48. A full row wraps at the next character, not before.
package struct Screen: Sendable {
  package private(set) var rows: Int
  package private(set) var columns: Int
  package private(set) var cursor = (row: 0, column: 0)
  package private(set) var cells: [[Cell]]
  private var style = ""
  private var wrapsNext = false
  private var pending: [UInt8] = []
  /// Modes that were set with `ESC [ ? n h` and not reset.
  package private(set) var modes: Set<String> = []
  /// Unknown sequences; if there are any, the screen can't be trusted.
  package private(set) var unknown: [String] = []

  package struct Cell: Equatable, Sendable {
    /// The character; empty in the second column of a wide one.
    package var text = " "
    /// The parameters of SGR.
    package var style = ""
  }

  package init(rows: Int = 24, columns: Int = 80) {
    (self.rows, self.columns) = (rows, columns)
    cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
  }

  // MARK: Contents

  /// The rows without trailing blanks.
  package var lines: [String] {
    cells.map { row in
      var text = row.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  package var text: String {
    var lines = lines
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The text without what is grey after the cursor in its row: the rest of an earlier line.
  package var typedText: String {
    var screen = self
    for column in min(cursor.column, columns)..<columns
    where cells[cursor.row][column].style == "90" {
      screen.cells[cursor.row][column] = Cell()
    }
    return screen.text
  }

  /// The row of the cursor.
  package var line: String { lines[cursor.row] }

  /// The style of each character of the first occurrence of `text` in a row.
  package func styles(of text: String) -> [String]? {
    for row in cells {
      let line = row.map(\.text).joined()
      guard let range = line.firstRange(of: text) else { continue }
      let start = line.distance(from: line.startIndex, to: range.lowerBound)
      return row[start..<(start + text.count)].map(\.style)
    }
    return nil
  }

  // MARK: Input

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var offset = 0
    while offset < pending.count, let length = consume(from: offset) { offset += length }
    pending.removeFirst(offset)
  }

  /// Returns the number of bytes used; `nil` if a sequence is incomplete.
  private mutating func consume(from offset: Int) -> Int? {
    switch pending[offset] {
    case 0x1B: return escape(offset)
    case 0x0D: move(column: 0)
    case 0x0A: newline()
    case 0x08: move(column: cursor.column - 1)
    case 0x09: move(column: (cursor.column / 8 + 1) * 8)
    case 0..<0x20, 0x7F: break
    default: return character(offset)
    }
    return 1
  }

  private mutating func character(_ offset: Int) -> Int? {
    let length = Self.length(of: pending[offset])
    guard offset + length <= pending.count else { return nil }
    let text = String(decoding: pending[offset..<(offset + length)], as: UTF8.self)
    for scalar in text.unicodeScalars { put(scalar) }
    return length
  }

  private static func length(of lead: UInt8) -> Int {
    lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    guard width > 0 else { return mark(scalar) }
    if wrapsNext || cursor.column + width > columns {
      move(column: 0)
      newline()
    }
    cells[cursor.row][cursor.column] = Cell(text: String(scalar), style: style)
    if width == 2 { cells[cursor.row][cursor.column + 1] = Cell(text: "", style: style) }
    wrapsNext = cursor.column + width >= columns
    cursor.column = min(cursor.column + width, columns - 1)
  }

  private mutating func mark(_ scalar: Unicode.Scalar) {
    var column = wrapsNext ? cursor.column : cursor.column - 1
    while column > 0, cells[cursor.row][column].text.isEmpty { column -= 1 }
    if column >= 0 { cells[cursor.row][column].text.unicodeScalars.append(scalar) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xFF00...0xFF60, 0x1F300...0x1F64F: 2
    default: 1
    }
  }

  private mutating func newline() {
    wrapsNext = false
    guard cursor.row == rows - 1 else { return cursor.row += 1 }
    cells.removeFirst()
    cells.append(Array(repeating: Cell(), count: columns))
  }

  private mutating func move(row: Int? = nil, column: Int? = nil) {
    wrapsNext = false
    cursor.row = min(max(row ?? cursor.row, 0), rows - 1)
    cursor.column = min(max(column ?? cursor.column, 0), columns - 1)
  }

  // MARK: Escape sequences

  private mutating func escape(_ offset: Int) -> Int? {
    guard offset + 1 < pending.count else { return nil }
    guard pending[offset + 1] == UInt8(ascii: "[") else {
      unknown.append("ESC \(pending[offset + 1])")
      return 2
    }
    guard let end = pending[(offset + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) })
    else { return nil }
    let parameters = String(decoding: pending[(offset + 2)..<end], as: UTF8.self)
    control(UnicodeScalar(pending[end]), parameters)
    return end + 1 - offset
  }

  private mutating func control(_ final: Unicode.Scalar, _ parameters: String) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let count = max(numbers.first.flatMap { $0 } ?? 1, 1)
    switch final {
    case "A": move(row: cursor.row - count)
    case "B": move(row: cursor.row + count)
    case "C": move(column: cursor.column + count)
    case "D": move(column: cursor.column - count)
    case "G": move(column: count - 1)
    case "H": move(row: count - 1, column: ((numbers.count > 1 ? numbers[1] : 1) ?? 1) - 1)
    case "J": clearScreen(numbers.first.flatMap { $0 } ?? 0)
    case "K": clearRow(numbers.first.flatMap { $0 } ?? 0)
    case "P": delete(count)
    case "@": insert(count)
    case "m": style = ["", "0"].contains(parameters) ? "" : parameters.trimmingPrefixZero
    case "h": modes.insert(parameters)
    case "l": modes.remove(parameters)
    default: unknown.append("CSI \(parameters)\(final)")
    }
  }

  private mutating func clearRow(_ part: Int) {
    let range =
      part == 0 ? cursor.column..<columns : part == 1 ? 0..<(cursor.column + 1) : 0..<columns
    for column in range { cells[cursor.row][column] = Cell() }
  }

  private mutating func clearScreen(_ part: Int) {
    if part == 0 { clearRow(0) }
    let range = part == 0 ? (cursor.row + 1)..<rows : 0..<rows
    for row in range { cells[row] = Array(repeating: Cell(), count: columns) }
  }

  private mutating func delete(_ count: Int) {
    let count = min(count, columns - cursor.column)
    cells[cursor.row].removeSubrange(cursor.column..<(cursor.column + count))
    cells[cursor.row] += Array(repeating: Cell(), count: count)
  }

  private mutating func insert(_ count: Int) {
    let count = min(count, columns - cursor.column)
    cells[cursor.row].insert(
      contentsOf: Array(repeating: Cell(), count: count), at: cursor.column)
    cells[cursor.row].removeLast(count)
  }
}

extension Screen {
  /// Resizes the screen; what no longer fits is lost, as in xterm.
  package mutating func resize(rows: Int, columns: Int) {
    for row in cells.indices {
      let cut = cells[row].prefix(columns)
      cells[row] = cut + Array(repeating: Cell(), count: columns - cut.count)
    }
    let above = max(0, cursor.row - rows + 1)
    cells = Array(cells[above...].prefix(rows))
    cells += Array(
      repeating: Array(repeating: Cell(), count: columns), count: rows - cells.count)
    (self.rows, self.columns) = (rows, columns)
    move(row: cursor.row - above)
  }
}

extension String {
  /// The parameters without a leading reset: `0;1;31` becomes `1;31`.
  fileprivate var trimmingPrefixZero: String { hasPrefix("0;") ? String(dropFirst(2)) : self }
}
