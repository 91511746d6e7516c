import JSON
import Text

extension ChangeTable {
  /// Returns the heading and the lines of the first writes, none for no writes. A `width` of `nil` means
  /// no limit.
  package func lines(width: Int?, first count: Int = .max) -> [String] {
    let blocks = blocks(width: width)
    let headings = blocks.prefix { !$0.isWrite }.count
    return blocks.prefix(count == .max ? count : headings + count).flatMap(\.lines)
  }

  /// Lines that stay together on a screen: the heading, or one write.
  struct Block {
    let lines: [String]
    let isWrite: Bool
  }

  func blocks(width: Int?) -> [Block] {
    let layout = Layout(self, width: width)
    let heading = layout.heading.isEmpty ? [] : [Block(lines: layout.heading, isWrite: false)]
    return heading + entries.map { Block(lines: layout.lines($0), isWrite: true) }
  }
}

/// The columns of a ``ChangeTable`` for one width of the terminal.
private struct Layout {
  let width: Int?
  let heading: [String]
  private let showsReasons: Bool
  private let idWidth: Int
  /// The width of the name if columns follow it; otherwise it takes the rest of the line.
  private var nameWidth: Int?
  /// The widths of the columns after the name; `nil` for one that isn't shown there.
  private var applicationWidth: Int?
  private var actionWidth: Int?
  /// `true` iff the application is neither in a column nor in the heading.
  private var hidesApplication = false
  private var stacksAction = false

  private static let gap = 2
  /// The room that a name needs beside the action, and that a value needs beside its field.
  private static let minRoom = 16
  /// The room that a name needs beside the application.
  private static let minName = 30
  /// The least that is left of an old value which shares its line with the new one.
  private static let minOld = 12
  /// With less room than this, a new value that must be wrapped goes below the old one.
  private static let minShared = 48

  init(_ table: ChangeTable, width: Int?) {
    self.width = width
    showsReasons = table.showsReasons
    heading = table.heading.map { $0.wrapped(to: width.map { max(1, $0) }) } ?? []
    idWidth = table.entries.map(\.id.displayWidth).max() ?? 0
    let names = table.entries.map(\.name.displayWidth).max() ?? 0
    let applications = table.entries.map(\.application.displayWidth).max() ?? 0
    if table.commonApplication == nil, applications > 0 { applicationWidth = applications }
    if table.commonAction == nil { actionWidth = table.entries.map(\.action.displayWidth).max() }
    dropColumns(names)
  }

  /// Drops the application, then the action, until the name has enough room.
  private mutating func dropColumns(_ names: Int) {
    if !fits(min(names, Self.minName)), applicationWidth != nil {
      applicationWidth = nil
      hidesApplication = true
    }
    if !fits(min(names, Self.minRoom)), actionWidth != nil {
      actionWidth = nil
      stacksAction = true
    }
    guard applicationWidth != nil || actionWidth != nil else { return }
    nameWidth = nameRoom.map { min($0, names) } ?? names
  }

  private func fits(_ name: Int) -> Bool { nameRoom.map { $0 >= name } ?? true }

  /// The columns that the name may take.
  private var nameRoom: Int? {
    let columns = [applicationWidth, actionWidth].compactMap { $0 }
    return width.map { $0 - nameStart - columns.reduce(0) { $0 + $1 + Self.gap } }
  }

  /// `true` iff there is no room for a name beside the id.
  private var isStacked: Bool { width.map { $0 - idWidth - Self.gap < Self.minRoom / 2 } ?? false }

  private var nameStart: Int { isStacked ? Self.gap : idWidth + Self.gap }

  /// The offset of the fields: below the name, or further left if it is narrow.
  private var fieldStart: Int { width.map { $0 < 40 } ?? false ? Self.gap : nameStart }

  // MARK: Lines

  func lines(_ entry: ChangeTable.Entry) -> [String] {
    let fields = details(entry)
    let fieldWidth = fields.map(\.field.displayWidth).max() ?? 0
    let action = stacksAction ? [Self.blanks(fieldStart) + entry.action] : []
    return target(entry) + action + fields.flatMap { lines($0, fieldWidth) } + reason(entry)
  }

  private func reason(_ entry: ChangeTable.Entry) -> [String] {
    guard showsReasons, !entry.reason.isEmpty else { return [] }
    let room = width.map { max(1, $0 - fieldStart) }
    return "matched: \(entry.reason)".wrapped(to: room).map { Self.blanks(fieldStart) + $0 }
  }

  /// Returns the line that names the connection, and more lines if the name must be wrapped.
  private func target(_ entry: ChangeTable.Entry) -> [String] {
    let names = entry.name.wrapped(to: (nameWidth ?? nameRoom).map { max(1, $0) })
    let extras = [(entry.application, applicationWidth), (entry.action, actionWidth)]
      .compactMap { text, width in width.map { text.padded(to: $0) } }
    let first = [(names.first ?? "").padded(to: nameWidth ?? 0)] + extras
    let line = first.joined(separator: Self.blanks(Self.gap))
    let id = entry.id.padded(to: idWidth, right: true)
    let head =
      isStacked
      ? [entry.id, Self.blanks(nameStart) + line] : [id + Self.blanks(Self.gap) + line]
    return (head + names.dropFirst().map { Self.blanks(nameStart) + $0 })
      .map { $0.trimmingTrailing() }.filter { !$0.isEmpty }
  }

  /// A field with its values, ready to be laid out.
  private struct Detail {
    let field: String
    var old: String?
    let new: String
  }

  /// The changes of the entry. What a create sets isn't repeated if the line above shows it.
  private func details(_ entry: ChangeTable.Entry) -> [Detail] {
    let shown = entry.write.creates ? ["name"] + (hidesApplication ? [] : ["application"]) : []
    return entry.changes.filter { !shown.contains($0.field) }.map { change in
      Detail(
        field: change.field,
        old: change.old.map { ($0.listText ?? $0.text).escapingHiddenCharacters() },
        new: change.new.text)
    }
  }

  private func lines(_ detail: Detail, _ fieldWidth: Int) -> [String] {
    let start = fieldStart + fieldWidth + Self.gap
    let room = width.map { $0 - start }
    if let width, let room, room < Self.minRoom {
      let below = fieldStart + Self.gap
      return [Self.blanks(fieldStart) + detail.field]
        + values(detail, room: max(1, width - below)).map { Self.blanks(below) + $0 }
    }
    let field = Self.blanks(fieldStart) + detail.field.padded(to: fieldWidth + Self.gap)
    return values(detail, room: room).enumerated().map { index, line in
      (index == 0 ? field : Self.blanks(start)) + line
    }
  }

  /// Returns the old and the new value in lines of at most `room` columns.
  private func values(_ detail: Detail, room: Int?) -> [String] {
    guard let old = detail.old else { return detail.new.wrapped(to: room) }
    let arrow = " → "
    guard let room else { return [old + arrow + detail.new] }
    let left = room - arrow.count - detail.new.displayWidth
    if left >= min(old.displayWidth, Self.minOld) {
      return [old.shortened(to: left) + arrow + detail.new]
    }
    guard room >= Self.minShared else {
      return [old.shortened(to: room)] + Self.hanging("→ ", detail.new, room: room)
    }
    return Self.hanging(old.shortened(to: room / 3) + arrow, detail.new, room: room)
  }

  /// Returns `start` and the text behind it; the text's further lines hang below its beginning.
  private static func hanging(_ start: String, _ text: String, room: Int) -> [String] {
    let width = start.displayWidth
    return text.wrapped(to: max(1, room - width)).enumerated().map { index, line in
      (index == 0 ? start : blanks(width)) + line
    }
  }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension String {
  /// Returns the text cut short to `width` columns; a quoted text keeps its closing quote.
  fileprivate func shortened(to width: Int) -> String {
    guard displayWidth > width else { return self }
    guard hasPrefix("\""), hasSuffix("\""), width > 2 else { return truncated(to: max(1, width)) }
    return String(dropLast()).truncated(to: width - 1) + "\""
  }
}
