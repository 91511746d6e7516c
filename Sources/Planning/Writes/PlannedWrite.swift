import API
import Evaluation
import JSON
import Language

/// One write that will be sent for one row: a step of a ``Plan``.
///
/// Preview, confirmation and execution all read this value, so what is shown is what is sent.
package struct PlannedWrite: Sendable {
  package let action: WriteAction
  /// The connection that the call changes; `nil` for a new one, negative for one that the plan
  /// creates.
  package private(set) var id: Int64?
  package private(set) var members: [RequestBody.Member]
  package private(set) var call: WriteCall
  package private(set) var connection: Connection?
  package let span: SourceSpan?
  package var location = ScriptLocation(file: "", line: 0, column: 0)
  /// The reason: the fields of the row that the script's conditions read, with their values.
  package var matched = JSON.Object()
  /// Its place in the run, from 1.
  package var number = 0
  /// The negative id by which other writes of the plan refer to the connection that this one makes;
  /// `nil` if it makes none.
  package var newID: Int64?
  /// What the create does if the connection already exists.
  package var existing = ExistencePolicy.ignore
  /// Connections that were created earlier don't count as that one; `nil` if all count.
  package var existsSince: Timestamp?
  /// `true` iff a value depends on the id of a connection that the plan makes. Such a value is shown
  /// as its source, and computed when that connection exists.
  package var awaitsID = false

  package init(
    _ action: WriteAction, id: Int64?, _ members: [RequestBody.Member] = [],
    on connection: Connection?, span: SourceSpan? = nil
  ) {
    self.action = action
    self.id = id
    self.members = members
    call = action.definition.call(id, members)
    self.connection = connection
    self.span = span
  }
}

extension PlannedWrite {
  package var definition: WriteActionDefinition { action.definition }

  package var effect: Effect { definition.effect(members) }

  package var creates: Bool { definition.creates }

  /// The id by which the plan refers to its connection; negative if the plan makes it.
  package var planID: Int64? { id ?? newID }

  /// `true` iff both come from the same stage of the same pipeline.
  func isOfSameStage(as other: PlannedWrite) -> Bool {
    location == other.location && action == other.action
  }

  package func on(_ connection: Connection?) -> PlannedWrite {
    var write = self
    write.connection = connection
    return write
  }

  /// Returns this write with other values in its body, and another target unless `id` is the same.
  package func with(id: Int64?, _ members: [RequestBody.Member]) -> PlannedWrite {
    var write = self
    (write.id, write.members) = (id, members)
    write.call = action.definition.call(id, members)
    return write
  }

  /// The members of a listed connection that the call changes, with the values that a list would
  /// then return.
  var changes: JSON.Object { JSON.Object(definition.changes(members, connection)) }

  /// The members of a listed connection that the call changes or removes.
  var changedFields: [String] { changes.members.map(\.name) }

  /// `true` iff a list must include tags to show what the call changes.
  package var readsTags: Bool { definition.readsTags }

  /// Returns the connection after the call was applied; `answer` is the server's response.
  package func effect(answer: JSON.Object?) -> Connection? {
    switch definition.lifecycle {
    case .begins: answer.flatMap { Connection(.object($0)) }?.asListed
    case .continues:
      connection.map { $0.merging(answer ?? changes).retitled(after: $0, members.tags) }
    case .ends: connection
    }
  }

  /// Returns the connection as a preview assumes the call leaves it; `id` is used for a new one.
  package func simulatedEffect(newID id: Int64) -> Connection? {
    guard creates else { return effect(answer: nil) }
    let members = [("authorization_status", .null)] + changes.members.map { ($0.name, $0.value) }
    return Connection(id: id, members).asListed
  }
}

extension [RequestBody.Member] {
  /// The members that a list also returns.
  var shownMembers: [(String, JSON)] {
    compactMap { member in
      guard let field = Field.named(member.name), field.origin == .answer else { return nil }
      return (field.name, member.value.shown)
    }
  }
}

extension Connection {
  /// A create's response in the form of a list entry: with `application`, and without tags.
  package var asListed: Connection {
    merging(JSON.Object([("tags", .null)])).renamingProvider
  }
}

extension PlannedWrite {
  /// The action with its flags, such as `disconnect` or `disconnect force`.
  package var actionWords: String {
    guard case .flag(let name) = definition.body, !members.isEmpty else { return action.rawValue }
    return "\(action.rawValue) \(name)"
  }

  /// `+ Accounting` for each tag that the call adds, and `- Accounting` for each that it removes.
  var tagWords: String {
    let left = changes["tags"]?.array?.compactMap(\.string) ?? []
    return members.tags.map { (left.contains($0.handle) ? "+ " : "- ") + $0.title }
      .joined(separator: ", ")
  }

  /// The name that a create sets; empty for other calls.
  package var newName: String { creates ? text("name") ?? "" : "" }

  /// The text that the call sets a member to, if it sets one.
  func text(_ name: String) -> String? {
    members.first { $0.name == name }?.value.shown.string
  }
}

extension RequestBody.Member {
  /// The parent's id, if the member sets one; negative for a parent that the plan creates.
  package var parent: Int64? {
    if name == "parent_id", case .json(.int(let id)) = value { id } else { nil }
  }

  /// The member with `{new1}` in place of a parent that is yet to be created.
  fileprivate var namingMade: RequestBody.Member {
    guard let parent, parent < 0 else { return self }
    return RequestBody.Member(name, .json(.string("{new\(0 - parent)}")))
  }

  /// The value as text; `new 1` is the first connection that the plan creates.
  package var text: String {
    parent.flatMap { $0 < 0 ? "new \(0 - $0)" : nil } ?? value.shown.text
  }
}

extension PlannedWrite {
  /// The parents in the call that the plan creates.
  package var parents: [Int64] { members.compactMap(\.parent).filter { $0 < 0 } }

  /// The write for display, with `{new1}` in place of a parent that is yet to be created.
  package var namingMade: PlannedWrite { with(id: id, members.map(\.namingMade)) }
}
