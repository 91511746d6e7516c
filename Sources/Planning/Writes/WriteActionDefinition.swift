import API
import Evaluation
import JSON
import Language
import Text

/// The definition of a write action: its call, its effect on a connection, the proof that it was
/// applied, and its inverse. Nothing else in `conn` distinguishes the actions.
package struct WriteActionDefinition: Sendable {
  /// The verb in sentences, and the word between what it changes and its targets, if there is one:
  /// update … of, add … to.
  let verb: String
  var particle = ""
  /// The past participle for the run's summary, such as `created`.
  package let participle: String
  /// The effect of a call that sends no credentials.
  let effect: Effect
  package let lifecycle: Lifecycle
  let body: Body
  /// Returns the call for a connection and the members of its body; without an id, a template.
  let call: @Sendable (Int64?, [RequestBody.Member]) -> WriteCall
  /// Returns the members of a listed connection that the call changes or removes, with the values
  /// that a list would then return. The connection is as it was before; `nil` if it isn't known.
  let changes: @Sendable ([RequestBody.Member], Connection?) -> [(String, JSON)]
  package let proof: Proof
  package let inverse: Inverse
  /// The refusals that can be remedied; the first one that fits counts.
  var remedies: [Remedy] = []

  /// Advice for one reason for which the server refuses a call.
  struct Remedy: Sendable {
    /// Words in the server's message that name the reason, in lower case.
    let reason: String
    let advice: String
    /// The flag that the advice suggests; a call that has it was refused in spite of it.
    var flag: String?
  }

  /// The action's effect on the existence of the connection.
  package enum Lifecycle: Sendable {
    /// The call makes it, and so has no target.
    case begins
    case continues
    case ends
  }

  /// The permitted content of a request's body, as a plan file spells it.
  enum Body: Sendable {
    case fields(FieldWriter)
    /// Nothing, or this member with the value `true`.
    case flag(String)
    case tags
    case nothing
  }

  /// The way a list shows that a call was applied whose answer was lost or empty.
  package enum Proof: Sendable {
    /// It shows a connection that was not there before and has the values that were sent.
    case newConnection
    /// It shows the fields that the call sets.
    case fields
    /// It shows what the call with these members adds or removes. Unlike the fields of an update, that
    /// can be sent again however the connection was changed meanwhile.
    case contents(@Sendable (Connection, [RequestBody.Member]) -> Bool)
    /// It shows the connection in this state; `nil` stands for a connection that isn't listed. Such
    /// a call is sent again rather than looked for.
    case state(@Sendable (Connection?) -> Bool)
  }

  /// The way to undo the action.
  package enum Inverse: Sendable {
    /// By deleting the connection that it made.
    case delete
    /// By an update with the previous values.
    case previousValues
    /// By making a shell with the previous values; the rest is lost.
    case shell(lost: String)
    /// By this action on what the call has added or removed.
    case counterpart(WriteAction)
    case nothing(lost: String)
  }
}

extension WriteAction {
  package var definition: WriteActionDefinition {
    switch self {
    case .create: .create
    case .update: .update
    case .disconnect: .disconnect
    case .delete: .delete
    case .tag: .tag
    case .untag: .untag
    }
  }
}

extension WriteActionDefinition {
  fileprivate static let create = WriteActionDefinition(
    verb: "Create", participle: "created", effect: .write, lifecycle: .begins,
    body: .fields(.create),
    call: { _, fields in .create(fields) }, changes: { fields, _ in fields.shownMembers },
    proof: .newConnection,
    inverse: .delete)

  fileprivate static let update = WriteActionDefinition(
    verb: "Update", particle: "of", participle: "updated", effect: .write, lifecycle: .continues,
    body: .fields(.update),
    call: { .update(id: $0, $1) }, changes: { fields, _ in fields.shownMembers }, proof: .fields,
    inverse: .previousValues)

  fileprivate static let disconnect = WriteActionDefinition(
    verb: "Disconnect", participle: "disconnected", effect: .destructive, lifecycle: .continues,
    body: .flag("force"),
    call: { .disconnect(id: $0, force: !$1.isEmpty) },
    changes: { _, _ in [("authorization_status", .null), ("authorized_at", .null)] },
    proof: .state { $0?.member("authorization_status")?.string == nil },
    inverse: .nothing(lost: "credentials"),
    remedies: [
      .auditStreaming,
      Remedy(
        reason: "active recipes", advice: "`disconnect force` disconnects it anyway", flag: "force"),
    ])

  fileprivate static let delete = WriteActionDefinition(
    verb: "Delete", participle: "deleted", effect: .destructive, lifecycle: .ends, body: .nothing,
    call: { id, _ in .delete(id: id) },
    changes: { _, _ in ["name", "external_id", "folder_id", "parent_id"].map { ($0, .null) } },
    proof: .state { $0 == nil }, inverse: .shell(lost: "credentials and id"),
    remedies: [
      .auditStreaming, Remedy(reason: "active recipes", advice: "stop the recipes that use it"),
    ])

  fileprivate static let tag = WriteActionDefinition(
    verb: "Add", particle: "to", participle: "tagged", effect: .write, lifecycle: .continues,
    body: .tags,
    call: { .assignTags(add: $1.tagHandles, connections: $0.map { [$0] } ?? []) },
    changes: { members, connection in
      let present = connection?.tagHandles ?? []
      let new = members.tagHandles.filter { !present.contains($0) }
      return [("tags", .array((present + new).map(JSON.string)))]
    },
    proof: .contents { $1.tagHandles.allSatisfy($0.tagHandles.contains) },
    inverse: .counterpart(.untag))

  fileprivate static let untag = WriteActionDefinition(
    verb: "Remove", particle: "from", participle: "untagged", effect: .write, lifecycle: .continues,
    body: .tags,
    call: { .assignTags(remove: $1.tagHandles, connections: $0.map { [$0] } ?? []) },
    changes: { members, connection in
      let removed = members.tagHandles
      let left = (connection?.tagHandles ?? []).filter { !removed.contains($0) }
      return [("tags", .array(left.map(JSON.string)))]
    },
    proof: .contents { !$1.tagHandles.contains(where: $0.tagHandles.contains) },
    inverse: .counterpart(.tag))
}

// The reasons are those of the API's page; it documents `force` only for active recipes.
extension WriteActionDefinition.Remedy {
  fileprivate static let auditStreaming = Self(
    reason: "audit log streaming", advice: "stop the audit log streaming that uses it")
}

extension WriteActionDefinition {
  package var creates: Bool { lifecycle == .begins }

  /// `true` iff the answer to the call shows the connection as it is afterwards.
  package var isAnsweredWithConnection: Bool {
    switch proof {
    case .newConnection, .fields: true
    case .contents, .state: false
    }
  }

  /// The number of connections that one call can change.
  package var connectionsPerCall: Int {
    if case .tags = body { WriteCall.maxConnections } else { 1 }
  }

  /// `true` iff a list must include tags to show what the call changes.
  var readsTags: Bool {
    changes([], nil).contains { Field.named($0.0)?.pushdown == .includesTags }
  }

  /// The effect of a call with these members: sending confidential fields makes the server test
  /// them.
  func effect(_ members: [RequestBody.Member]) -> Effect {
    let sendsCredentials = members.contains { Field.named($0.name)?.isConfidential ?? false }
    return sendsCredentials ? max(effect, .reauth) : effect
  }

  /// The fields that every call of the action changes, whatever its members; `connected` follows from
  /// the status, and the titles of tags from their handles.
  var changedStates: [String] {
    let names = changes([], nil).map(\.0)
    let derived = [("authorization_status", "connected"), ("tags", "tag_titles")]
    return names + derived.filter { names.contains($0.0) }.map(\.1)
  }

  /// Returns the words before the targets in a sentence, such as ``Update `name` of``,
  /// `Force-disconnect` or `Add the tag "x" to`. The details are the names of the fields, the titles of
  /// the tags, or the flag.
  func phrase(_ details: [String]) -> String {
    switch body {
    case .fields where !creates: "\(verb) \(ListText.listed(details.map { "`\($0)`" })) \(particle)"
    case .tags:
      "\(verb) the \(details.count.agreeing("tag", "tags")) \(ListText.listed(details)) \(particle)"
    case .flag(let name) where !details.isEmpty:
      "\(name.prefix(1).uppercased() + name.dropFirst())-\(verb.lowercased())"
    case .fields, .flag, .nothing: verb
    }
  }

  /// Returns advice after the server refused a call with these members, if its message names a
  /// reason that can be remedied.
  func advice(on message: String, _ members: [RequestBody.Member]) -> String? {
    let message = message.lowercased()
    return remedies.first { remedy in
      message.contains(remedy.reason) && !members.contains { $0.name == remedy.flag }
    }?.advice
  }

  /// Returns words that follow the name of the stage and say whether a call with this effect can be
  /// undone.
  package func undoing(_ effect: Effect) -> String {
    if replacesCredentials(effect) {
      return "cannot be undone: the previous credentials are not known"
    }
    return switch inverse {
    case .delete: "can be undone with `delete`"
    case .previousValues: "can be undone: the previous values are known"
    case .counterpart(let action): "can be undone with `\(action.rawValue)`"
    case .shell, .nothing: "cannot be undone: the credentials are gone"
    }
  }

  func canBeUndone(_ effect: Effect) -> Bool {
    switch inverse {
    case .delete, .previousValues, .counterpart: !replacesCredentials(effect)
    case .shell, .nothing: false
    }
  }

  private func replacesCredentials(_ effect: Effect) -> Bool {
    lifecycle == .continues && effect == .reauth
  }
}
