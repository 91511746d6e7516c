import API
import Evaluation
import JSON
import Language
import Planning

/// The changes that a run made to one connection, and the write that undoes them.
struct UndoAction {
  let id: Int64
  let name: String
  private(set) var kind = Kind.nothing
  /// Number of the write that determines the order; the latest is undone first.
  private(set) var number = 0
  private(set) var undone = 0
  /// Data that can't be restored, in words.
  private(set) var lost: [String] = []
  private var isCreated = false
  /// `true` iff `after` has the time of the last change: an answer or a list showed it.
  private var isUpToDate = false
  /// The time of the run, less the allowed difference between the clocks.
  private let start: Timestamp?
  /// The connection before and after the last write.
  private var before: Connection
  private var after: Connection
  /// Fields changed by updates, with their values before the first change.
  private var values = JSON.Object()
  /// The action that restores each tag that was added or removed, by handle.
  private var tags: [String: WriteAction] = [:]

  enum Kind {
    case nothing, update, delete, shell
  }

  /// Fields that an update can restore. Source: the API's page, "Update a connection", payload.
  private static let reversible = ["name", "folder_id", "external_id", "parent_id"]

  /// Returns one action per connection, in the order in which the run changed them.
  static func all(of history: RunHistory) -> [UndoAction] {
    var inverses: [UndoAction] = []
    var indices: [Int64: Int] = [:]
    for write in history.done {
      guard let connection = write.connection else { continue }
      let index = indices[connection.id] ?? inverses.count
      if index == inverses.count { inverses.append(UndoAction(connection, history.start)) }
      indices[connection.id] = index
      inverses[index].fold(write)
    }
    return inverses
  }

  private init(_ connection: Connection, _ run: RunStart?) {
    (id, name) = (connection.id, connection.name)
    start = run.flatMap { Timestamp(iso8601: $0.now) }.map {
      Timestamp(microseconds: $0.microseconds - Self.clockDifference)
    }
    (before, after) = (connection, connection)
  }

  /// The allowed difference between two clocks, in microseconds.
  private static let clockDifference: Int64 = 300_000_000

  // MARK: What the run did

  private mutating func fold(_ write: RecordedWrite) {
    before = write.before ?? after
    after = write.after ?? before
    let definition = write.intent.action.definition
    isUpToDate = definition.isAnsweredWithConnection
    if isCreated, definition.lifecycle != .ends { return undone += 1 }
    switch definition.inverse {
    case .delete: (isCreated, kind, number, undone) = (true, .delete, write.intent.number, 1)
    case .previousValues: foldUpdate(write.intent)
    case .counterpart(let action): foldTags(write.intent, restoredBy: action)
    case .shell(let lost): foldDelete(write.intent.number, losing: lost)
    case .nothing(let lost): lose(lost)
    }
  }

  private mutating func foldUpdate(_ intent: Intent) {
    let named = (intent.body?.object?.members ?? []).map(\.name)
    if named.contains("input") { lose("previous credentials") }
    let touched = Self.reversible.filter(named.contains)
    let fields = touched.filter { before.member($0)?.isRedacted != true }
    for field in touched where !fields.contains(field) { lose("\(field), which held a secret") }
    for field in fields where values[field] == nil {
      values.set(field, before.member(field) ?? .null)
    }
    guard !fields.isEmpty else { return }
    (kind, number) = (.update, intent.number)
    undone += 1
  }

  private mutating func foldTags(_ intent: Intent, restoredBy action: WriteAction) {
    guard case .contents(let isHeld) = intent.action.definition.proof else { return }
    for handle in Request.tagHandles(in: intent.body) {
      let members = [RequestBody.Member.tags([Tag(handle: handle, title: handle)])]
      guard !isHeld(before, members) else { continue }
      // A tag that is added and removed, or the reverse, is as it was.
      tags[handle] = tags[handle] == nil ? action : nil
    }
    number = max(number, intent.number)
    undone += 1
  }

  private mutating func foldDelete(_ number: Int, losing loss: String) {
    undone += 1
    if isCreated { return kind = .nothing }
    (kind, self.number) = (.shell, number)
    lost = [loss]
  }

  private mutating func lose(_ loss: String) {
    if !lost.contains(loss) { lost.append(loss) }
  }

  // MARK: The inverse

  var parent: Int64? {
    switch kind {
    case .update: values["parent_id"]?.int
    case .shell: original("parent_id")?.int
    case .nothing, .delete: nil
    }
  }

  var leaves: Int64? {
    kind == .update && values["parent_id"] != nil ? after.member("parent_id")?.int : nil
  }

  /// Returns the inverse write, or `nil` if none is possible or needed. `reference` maps a parent's id
  /// to its id in the plan.
  func write(_ reference: (Int64) -> Int64) -> PlannedWrite? {
    switch kind {
    case .nothing: nil
    case .delete: deletion
    case .update:
      PlannedWrite(
        .update, id: id, fields(values.members.map { ($0.name, $0.value) }, reference), on: after)
    case .shell: recreation(reference)
    }
  }

  /// Deletes a connection only as the run has left it: with the same state, and no children.
  private var deletion: PlannedWrite {
    var write = PlannedWrite(.delete, id: id, on: after)
    let names = Self.states + (isUpToDate ? ["updated_at"] : [])
    let states = names.compactMap { name in after.object[name].map { (name, $0) } }
    write.matched = JSON.Object(states + [(DriftDetector.children, .array([]))])
    return write
  }

  /// The fields that somebody's use of a new connection changes.
  private static let states = ["authorization_status", "authorized_at"]

  /// Makes a shell, unless it has been made since the run.
  private func recreation(_ reference: (Int64) -> Int64) -> PlannedWrite {
    var write = PlannedWrite(.create, id: nil, shell(reference), on: nil)
    (write.existing, write.existsSince) = (.keep, start)
    return write
  }

  var tagWrites: [PlannedWrite] {
    guard kind == .nothing || kind == .update else { return [] }
    return WriteAction.allCases.compactMap { action in
      let handles = tags.filter { $0.value == action }.keys
      guard !handles.isEmpty else { return nil }
      let members = [RequestBody.Member.tags(handles.map { Tag(handle: $0, title: $0) })]
      return PlannedWrite(action, id: id, members, on: after)
    }
  }

  /// The fields of a shell, which gets a new id.
  private func shell(_ reference: (Int64) -> Int64) -> [RequestBody.Member] {
    let values: [(String, JSON?)] = [
      ("name", original("name")), ("provider", original("application")),
      ("folder_id", original("folder_id")), ("external_id", original("external_id")),
      ("parent_id", original("parent_id")), ("shell_connection", .bool(true)),
    ]
    let known = values.compactMap { name, value in
      value.flatMap { $0 == .null || $0.isRedacted ? nil : (name, $0) }
    }
    return fields(known, reference)
  }

  private func fields(_ values: [(String, JSON)], _ reference: (Int64) -> Int64)
    -> [RequestBody.Member]
  {
    values.map { name, value in
      let id = name == "parent_id" ? value.int.map(reference) : nil
      return RequestBody.Member(name, .json(id.map(JSON.int) ?? value))
    }
  }

  private func original(_ name: String) -> JSON? { values[name] ?? before.member(name) }
}

extension RecordedWrite {
  fileprivate var before: Connection? { intent.before.flatMap { Connection(.object($0)) } }

  fileprivate var after: Connection? {
    outcome?.connection.flatMap { Connection(.object($0)) }
  }

  /// The connection that was changed or created.
  fileprivate var connection: Connection? { before ?? after }
}
