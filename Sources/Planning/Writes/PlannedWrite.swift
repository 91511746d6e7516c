import API
import Evaluation
import JSON
import Language

/// One call that one row will get: a value that preview, confirmation and execution read.
package struct PlannedWrite: Sendable {
  package let action: WriteKind
  package let call: WriteCall
  /// The connection before the call; `nil` for a new one.
  package let connection: Connection?
  package let effect: Effect
  /// The stage in the script that asks for it; `nil` where the script is not at hand.
  package let span: SourceSpan?
  /// The connection of the row that a create was decided on, which its values may name.
  var origin: Int64?

  package init(
    action: WriteKind, call: WriteCall, connection: Connection?, effect: Effect, span: SourceSpan?,
    origin: Int64? = nil
  ) {
    self.action = action
    self.call = call
    self.connection = connection
    self.effect = effect
    self.span = span
    self.origin = origin
  }

  /// The same write on the connection as it is given.
  package func on(_ connection: Connection) -> PlannedWrite {
    PlannedWrite(
      action: action, call: call, connection: connection, effect: effect, span: span)
  }

  /// The connection as it is once the call is applied; `answer` is what the server said of it.
  func effect(answer: JSON.Object?) -> Connection? {
    switch call {
    case .create: answer.flatMap { Connection(.object($0)) }?.asListed
    case .update: connection?.merging(answer ?? changes)
    case .disconnect: connection?.merging(changes)
    case .delete: connection
    }
  }

  /// The members that the call changes, as a list would then answer them.
  var changes: JSON.Object {
    switch call {
    case .create(let fields), .update(_, let fields): JSON.Object(fields.shownMembers)
    case .disconnect: JSON.Object([("authorization_status", .null), ("authorized_at", .null)])
    case .delete: JSON.Object()
    }
  }

  /// The connection that a preview pretends the call leaves; `id` is for a new one.
  package func simulatedEffect(newID id: Int64) -> Connection? {
    guard case .create(let fields) = call else { return effect(answer: nil) }
    let shell: [(String, JSON)] = [("id", .int(id)), ("authorization_status", .null)]
    return Connection(.object(JSON.Object(shell + fields.shownMembers)))?.asListed
  }

  /// What a person can do where the server refuses.
  var wayOut: String? {
    switch call {
    case .disconnect(_, force: false): "`disconnect force` disconnects it all the same"
    case .delete: "stop the recipes, or end the audit streaming, that use it"
    default: nil
    }
  }
}

extension [RequestBody.Member] {
  /// The members that a list answers as well.
  var shownMembers: [(String, JSON)] {
    compactMap { member in
      guard let field = Field.named(member.name), field.origin == .answer else { return nil }
      return (field.name, member.value.shown)
    }
  }
}

extension Connection {
  /// A create's answer in the form of a list's: `application`, and no tags.
  package var asListed: Connection {
    merging(JSON.Object([("tags", .null)])).renamingProvider
  }
}
