import API
import Evaluation
import JSON
import Language
import Text

/// The changes that planned writes make, to read on a terminal or as data.
///
/// Each write has a line that names its connection, and lines below it for the fields that change.
/// People confirm writes by this table, so a new value is never cut short; an old one may be.
package struct ChangeTable: Sendable {
  let entries: [Entry]
  /// The number of its part in a plan of several; otherwise `nil`.
  var number: Int?
  /// `true` iff each write is followed by the values for which it was selected.
  var showsReasons = false

  /// One write, with all texts ready to be shown.
  struct Entry: Sendable {
    let write: PlannedWrite
    /// The id; `new 1` for the first connection that the plan creates.
    let id: String
    let name: String
    let action: String
    /// Empty if it isn't known.
    let application: String
    let changes: [Change]
    /// The values that the conditions read from the row; empty if there are none.
    let reason: String
  }

  /// One field that a write sets to another value.
  struct Change: Sendable {
    /// The name in the language.
    let field: String
    /// `nil` if there is no old value, or if the field is only sent, such as a credential.
    let old: JSON?
    /// The new value as it may be shown, on a terminal and as data. They differ for a parent that
    /// the plan creates.
    let new: (text: String, data: JSON)
  }

  package init(_ writes: [PlannedWrite]) {
    var created = 0
    entries = writes.map { write in
      if write.creates { created += 1 }
      return Entry(write, id: write.planID ?? -Int64(created))
    }
  }

  /// The action, the number of connections and their application, as far as all writes have them in
  /// common; `nil` if they have nothing in common.
  package var heading: String? {
    guard let number else { return summary }
    return "\(number). \(summary ?? entries.count.counted("write"))"
  }

  private var summary: String? {
    let count = Set(entries.map(\.id)).count
    let kind = commonApplication.map { "\($0) connection" } ?? "connection"
    if let commonAction { return "\(commonAction) \(count.counted(kind))" }
    return commonApplication.map { "\(entries.count.counted("write")) to \($0) connections" }
  }

  var commonAction: String? { entries.common(\.action) }

  var commonApplication: String? { entries.common(\.application).flatMap { $0.isEmpty ? nil : $0 } }
}

extension ChangeTable.Entry {
  fileprivate init(_ write: PlannedWrite, id: Int64) {
    self.write = write
    self.id = id < 0 ? "new \(-id)" : String(id)
    name = (write.connection?.name ?? write.newName).escapingHiddenCharacters()
    action = write.actionWords
    application = write.application.escapingHiddenCharacters()
    changes = write.changedMembers
    reason = write.matched.reasonText
  }
}

extension JSON.Object {
  /// The values for which a row was selected, in words, such as `tags is ["tag-x"]`.
  package var reasonText: String {
    members.map { "\($0.name) is \($0.value.text)" }.joined(separator: ", ")
      .escapingHiddenCharacters()
  }
}

extension PlannedWrite {
  /// Empty if it isn't known.
  var application: String {
    connection?.member("application")?.string ?? text("provider") ?? ""
  }

  /// The members of the body that set a field to a value that it doesn't have.
  fileprivate var changedMembers: [ChangeTable.Change] {
    if case .tags = definition.body {
      let text = tagWords.escapingHiddenCharacters()
      return [
        ChangeTable.Change(field: "tags", old: nil, new: (text, changes["tags"] ?? .null))
      ]
    }
    guard case .fields = definition.body else { return [] }
    return zip(members, namingMade.members).compactMap { member, named in
      guard connection.flatMap({ member.isHeld(by: $0) }) != true else { return nil }
      let field = Field.named(member.name)
      return ChangeTable.Change(
        field: field?.name ?? member.name,
        old: field?.origin == .answer ? connection?.member(member.name) : nil,
        new: (member.changeText.escapingHiddenCharacters(), named.value.shown))
    }
  }
}

extension RequestBody.Member {
  /// A list of texts, such as tags, without brackets; otherwise the value as JSON.
  fileprivate var changeText: String { value.shown.listText ?? text }
}

extension JSON {
  /// The elements of a list of texts, such as `"a", "b"`; `nil` for other values.
  var listText: String? {
    guard case .array(let values) = self, values.allSatisfy({ $0.string != nil }) else {
      return nil
    }
    return values.isEmpty ? "none" : values.map(\.text).joined(separator: ", ")
  }
}

extension [ChangeTable.Entry] {
  /// The text that all entries share; `nil` if they differ or there are none.
  fileprivate func common(_ text: (Element) -> String) -> String? {
    guard let first = first.map(text), allSatisfy({ text($0) == first }) else { return nil }
    return first
  }
}

// MARK: Data

extension ChangeTable {
  /// One row per changed field; a write that changes no field has one row without a field. A
  /// connection that doesn't exist yet has no id.
  package var rows: RowSet { RowSet(Self.schema, entries.flatMap(\.rows)) }

  /// Returns the changes as data. The id of a connection is printed once, however many fields change.
  package func text(
    _ format: ResultFormat, style: TextStyle = .plain, width: Int? = nil
  ) throws(RunError) -> String {
    guard format == .ids else { return try format.text(rows, style: style, width: width) }
    var seen: Set<Int64> = []
    let ids = entries.compactMap(\.write.id).filter { $0 >= 0 && seen.insert($0).inserted }
    return ids.map { "\($0)\n" }.joined()
  }

  private static let schema = Schema(
    [
      Schema.Column("id", .int, nullable: true), Schema.Column("name", .string),
      Schema.Column("action", .string), Schema.Column("field", .string, nullable: true),
      Schema.Column("old", .json, nullable: true), Schema.Column("new", .json, nullable: true),
    ], areConnections: false)
}

extension ChangeTable.Entry {
  fileprivate var rows: [Row] {
    let name = write.connection?.name ?? write.newName
    let target: [Value] = [
      write.id.flatMap { $0 < 0 ? nil : .int($0) } ?? .null, .string(name), .string(action),
    ]
    if changes.isEmpty { return [Row(values: target + [.null, .null, .null])] }
    return changes.map { change in
      let old = change.old.map { Value.json($0) } ?? .null
      return Row(values: target + [.string(change.field), old, .json(change.new.data)])
    }
  }
}
