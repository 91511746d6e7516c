import API
import Evaluation
import JSON
import Language

/// One call that will be sent for one row.
///
/// Preview, confirmation and execution all read this value, so what is shown is what is sent.
package struct PlannedWrite: Sendable {
  package let action: WriteKind
  package let call: WriteCall
  /// The connection before the call; `nil` for a new one.
  package let connection: Connection?
  package let effect: Effect
  /// The stage in the script that causes the write; `nil` if the script is not available.
  package let span: SourceSpan?
  /// The id of the row's connection, for a create whose values may refer to it.
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

  /// Returns this write with another version of its connection.
  package func on(_ connection: Connection) -> PlannedWrite {
    PlannedWrite(
      action: action, call: call, connection: connection, effect: effect, span: span)
  }

  /// Returns the connection after the call was applied; `answer` is the server's response.
  func effect(answer: JSON.Object?) -> Connection? {
    switch call {
    case .create: answer.flatMap { Connection(.object($0)) }?.asListed
    case .update: connection?.merging(answer ?? changes)
    case .disconnect: connection?.merging(changes)
    case .delete: connection
    }
  }

  /// The members that the call changes, with the values that a list would then return.
  var changes: JSON.Object {
    switch call {
    case .create(let fields), .update(_, let fields): JSON.Object(fields.shownMembers)
    case .disconnect: JSON.Object([("authorization_status", .null), ("authorized_at", .null)])
    case .delete: JSON.Object()
    }
  }

  /// Returns the connection as a preview assumes the call leaves it; `id` is used for a new one.
  package func simulatedEffect(newID id: Int64) -> Connection? {
    guard case .create(let fields) = call else { return effect(answer: nil) }
    let shell: [(String, JSON)] = [("id", .int(id)), ("authorization_status", .null)]
    return Connection(.object(JSON.Object(shell + fields.shownMembers)))?.asListed
  }

  /// A suggestion for the case that the server rejects the call.
  var wayOut: String? {
    switch call {
    case .disconnect(_, force: false): "`disconnect force` disconnects it anyway"
    case .delete: "stop the recipes or the audit streaming that use it"
    default: nil
    }
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
