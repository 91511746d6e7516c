import API
import Evaluation
import JSON
import Language
import Planning

/// What a run did to one connection, and how all of it is taken back.
struct UndoAction {
  /// The connection's id in the run.
  let id: Int64
  /// Its name before the run.
  let name: String
  /// How it is taken back.
  private(set) var kind = Kind.nothing
  /// The number of the write that decides when its turn is: the latest comes first.
  private(set) var number = 0
  /// How many writes are taken back.
  private(set) var undone = 0
  /// What does not come back.
  private(set) var lost: [String] = []
  private var isCreated = false
  /// As the last write found it, and as it left it.
  private var before: Connection
  private var after: Connection
  /// What updates changed, with the value from before the first that did.
  private var values = JSON.Object()

  enum Kind {
    case nothing, update, delete, shell
  }

  /// What an update can give back. Source: the API's page, "Update a connection", payload.
  private static let reversible = ["name", "folder_id", "external_id", "parent_id"]

  /// In the order in which the run came to them.
  static func all(of history: RunHistory) -> [UndoAction] {
    var inverses: [UndoAction] = []
    var places: [Int64: Int] = [:]
    for write in history.done {
      guard let connection = write.connection else { continue }
      let place = places[connection.id] ?? inverses.count
      if place == inverses.count { inverses.append(UndoAction(connection)) }
      places[connection.id] = place
      inverses[place].take(write)
    }
    return inverses
  }

  private init(_ connection: Connection) {
    (id, name) = (connection.id, connection.name)
    (before, after) = (connection, connection)
  }

  // MARK: What the run did

  private mutating func take(_ write: RecordedWrite) {
    before = write.before ?? after
    after = write.after ?? before
    switch WriteKind(rawValue: write.intent.action) {
    case .create: takeCreate(write.intent.number)
    case .update: takeUpdate(write.intent)
    case .disconnect: takeDisconnect()
    case .delete: takeDelete(write.intent.number)
    case nil: break
    }
  }

  private mutating func takeCreate(_ number: Int) {
    (isCreated, kind, self.number, undone) = (true, .delete, number, 1)
  }

  private mutating func takeUpdate(_ intent: Intent) {
    if isCreated { return undone += 1 }
    let named = (intent.body?.object?.members ?? []).map(\.name)
    if named.contains("input") { lose("the credentials before an update") }
    let fields = Self.reversible.filter(named.contains)
    for field in fields where values[field] == nil {
      values.set(field, before.member(field) ?? .null)
    }
    guard !fields.isEmpty else { return }
    (kind, number) = (.update, intent.number)
    undone += 1
  }

  private mutating func takeDisconnect() {
    if isCreated { return undone += 1 }
    lose("the credentials of what was disconnected")
  }

  private mutating func takeDelete(_ number: Int) {
    undone += 1
    if isCreated { return kind = .nothing }
    (kind, self.number) = (.shell, number)
    lost = ["the credentials and ids of what was deleted"]
  }

  private mutating func lose(_ words: String) {
    if !lost.contains(words) { lost.append(words) }
  }

  // MARK: How it is taken back

  /// The parent that it gets back.
  var parent: Int64? {
    switch kind {
    case .update: values["parent_id"]?.int
    case .shell: original("parent_id")?.int
    case .nothing, .delete: nil
    }
  }

  /// The parent that it is taken off.
  var leaves: Int64? {
    kind == .update && values["parent_id"] != nil ? after.member("parent_id")?.int : nil
  }

  /// `reference` tells the id that stands for a parent in the plan. `nil` where nothing can be done,
  /// or need be.
  func write(_ reference: (Int64) -> Int64) -> PlannedWrite? {
    switch kind {
    case .nothing: nil
    case .delete: PlannedWrite(.delete, .delete(id: id), on: after, .destructive)
    case .update:
      PlannedWrite(
        .update, .update(id: id, fields(values.members.map { ($0.name, $0.value) }, reference)),
        on: after, .write)
    case .shell: PlannedWrite(.create, .create(shell(reference)), on: nil, .write)
    }
  }

  /// A shell under another id.
  private func shell(_ reference: (Int64) -> Int64) -> [RequestBody.Member] {
    let values: [(String, JSON?)] = [
      ("name", original("name")), ("provider", original("application")),
      ("folder_id", original("folder_id")), ("external_id", original("external_id")),
      ("parent_id", original("parent_id")), ("shell_connection", .bool(true)),
    ]
    let known = values.compactMap { name, value in
      value.flatMap { $0 == .null ? nil : (name, $0) }
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

  /// The value that the run found.
  private func original(_ name: String) -> JSON? { values[name] ?? before.member(name) }
}

extension PlannedWrite {
  fileprivate init(
    _ action: WriteKind, _ call: WriteCall, on connection: Connection?, _ effect: Effect
  ) {
    self.init(action: action, call: call, connection: connection, effect: effect, span: nil)
  }
}

extension RecordedWrite {
  fileprivate var before: Connection? { intent.before.flatMap { Connection(.object($0)) } }

  fileprivate var after: Connection? {
    outcome?.connection.flatMap { Connection(.object($0)) }
  }

  /// The connection that was written to, or made.
  fileprivate var connection: Connection? { before ?? after }
}
