/// A call that changes one connection.
///
/// Source: the API's page, "Create", "Update", "Disconnect" and "Delete a connection".
package enum WriteCall: Hashable, Sendable {
  case create([RequestBody.Member])
  case update(id: Int64, [RequestBody.Member])
  case disconnect(id: Int64, force: Bool)
  case delete(id: Int64)

  /// The connection that the call changes; `nil` for a create.
  package var id: Int64? {
    switch self {
    case .create: nil
    case .update(let id, _), .disconnect(let id, _), .delete(let id): id
    }
  }

  package var isCreate: Bool { if case .create = self { true } else { false } }

  /// The request. A negative id refers to a connection that a preview only pretends to create.
  package var request: Request {
    let target = id.map { $0 < 0 ? "{new\(-$0)}" : String($0) } ?? ""
    return switch self {
    case .create(let fields): .create(fields)
    case .update(_, let fields): .update(target, fields)
    case .disconnect(_, let force): .disconnect(target, force: force)
    case .delete: .delete(target)
    }
  }
}
