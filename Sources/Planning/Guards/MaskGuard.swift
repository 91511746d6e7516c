import API
import Evaluation
import JSON
import Language

/// Refuses to compare or write back a value that held a secret. Such a value is masked, so it isn't
/// what the server sent.
package struct MaskGuard: Sendable {
  /// The fields that the script and the profile read; empty unless the script writes.
  private let fields: Set<String>

  package init() { fields = [] }

  package init(_ script: CheckedScript, _ profile: ProfileGuards?) {
    let writes = script.statements.flatMap(\.pipelines).contains(where: \.writes)
    let read = writes ? script.statements.flatMap(\.expressions).flatMap(\.namesRead) : []
    let protecting = writes ? profile?.protection?.predicate.namesRead ?? [] : []
    fields = Set(read + protecting)
  }

  /// Throws with exit 2 if a field that is read holds a masked secret.
  package func check(_ connections: [Connection], at span: SourceSpan) throws(RunError) {
    guard !fields.isEmpty else { return }
    for connection in connections {
      guard let field = connection.maskedMember(among: fields) else { continue }
      throw RunError(
        .usage,
        "`\(field)` of connection \(connection.id) holds a secret, so the script can't compare it",
        help:
          "if the value isn't secret, read it with `env`; otherwise change the connection first",
        at: span)
    }
  }

  /// Throws with exit 5 if a write would send a mask instead of a value.
  package static func check(_ writes: [PlannedWrite]) throws(RunError) {
    for write in writes {
      guard let member = write.members.first(where: \.value.isMasked)
      else { continue }
      let target = write.id.map { "connection \($0)" } ?? "the new connection"
      throw RunError(
        .guardRefused,
        "`\(member.name)` of \(target) would become a text in which a secret is masked",
        help: "write out the value", at: write.span)
    }
  }
}

extension CheckedExpression {
  /// The fields that the expression reads, of its own row and of the rows of loops.
  fileprivate var namesRead: [String] {
    switch kind {
    case .field(_, let name), .rowField(_, _, let name): [name]
    default: operands.flatMap(\.namesRead)
    }
  }
}

extension Connection {
  fileprivate func maskedMember(among names: Set<String>) -> String? {
    let readsAll = names.contains("raw")
    return object.members.first { member in
      let name = member.name == "provider" ? "application" : member.name
      return (readsAll || names.contains(name)) && member.value.isMasked
    }?.name
  }
}

extension JSON {
  /// `true` iff a secret in the value is masked.
  package var isMasked: Bool {
    switch self {
    case .string(let text): SecretMask.marks(text)
    case .array(let values): values.contains(where: \.isMasked)
    case .object(let object):
      object.members.contains { SecretMask.marks($0.name) || $0.value.isMasked }
    default: false
    }
  }

  /// The value, or `redacted` in place of one that holds a masked secret.
  package var redacted: JSON { isMasked ? Self.redactedMark : self }

  /// `true` iff the value was recorded as `redacted`.
  package var isRedacted: Bool { self == Self.redactedMark }

  private static let redactedMark = JSON.object(Object([("redacted", .bool(true))]))
}

extension JSON.Object {
  /// The object with `redacted` in place of each member that holds a masked secret.
  package var redacted: JSON.Object { JSON.Object(members.map { ($0.name, $0.value.redacted) }) }
}

extension RequestBody {
  /// `true` iff a value to be sent is one in which a secret is masked.
  fileprivate var isMasked: Bool {
    switch self {
    case .json(let value), .confidential(let value): value.isMasked
    case .array(let values): values.contains(where: \.isMasked)
    case .object(let members): members.contains(where: \.value.isMasked)
    case .secret: false
    }
  }
}
