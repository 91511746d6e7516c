import JSON

/// A call that changes connections, as the client sends it and judges its answer.
package struct WriteCall: Hashable, Sendable {
  /// The connections that the call changes; empty for one that is yet to be created. Only a call for
  /// tags can have more than one.
  package let ids: [Int64]
  package let request: Request
  package let success: Success
  package let kind: CallKind
  /// The tags that the call sets and removes; `nil` for a call of another kind.
  package let tags: TagChange?

  /// The answer to a call that was applied.
  package enum Success: Hashable, Sendable {
    /// The connection, as it is after the call.
    case connection
    /// `{"success": true, "status": …}` with this status, or an empty body.
    case status(String)
    /// An empty body, or any object without `errors`.
    case anyObject
  }

  init(
    ids: [Int64], request: Request, success: Success, kind: CallKind, tags: TagChange? = nil
  ) {
    self.ids = ids
    self.request = request
    self.success = success
    self.kind = kind
    self.tags = tags
  }

  /// The connection that the call changes, or the first of several; `nil` for one that is yet to be
  /// created.
  package var id: Int64? { ids.first }
}

/// The calls. Source: the API's page, "Create", "Update", "Disconnect" and "Delete a connection".
///
/// A negative `id` refers to a connection that a preview only pretends to create. Without an `id`,
/// the call is a template, to be shown and not to be sent.
extension WriteCall {
  package static func create(_ fields: [RequestBody.Member]) -> WriteCall {
    WriteCall(ids: [], request: .create(fields), success: .connection, kind: .create)
  }

  package static func update(id: Int64?, _ fields: [RequestBody.Member]) -> WriteCall {
    // Each attempt at an update with `input` makes the server test the credentials.
    let testsLogin = fields.contains { $0.name == "input" }
    return WriteCall(
      ids: ids(id), request: .update(placeholder(id), fields), success: .connection,
      kind: testsLogin ? .updateInput : .update)
  }

  package static func disconnect(id: Int64?, force: Bool) -> WriteCall {
    WriteCall(
      ids: ids(id), request: .disconnect(placeholder(id), force: force),
      success: .status("disconnected"),
      kind: .disconnect)
  }

  package static func delete(id: Int64?) -> WriteCall {
    WriteCall(
      ids: ids(id), request: .delete(placeholder(id)), success: .status("deleted"), kind: .delete)
  }

  private static func ids(_ id: Int64?) -> [Int64] { id.map { [$0] } ?? [] }

  /// Returns the text that names the connection in a request.
  static func placeholder(_ id: Int64?) -> String {
    guard let id else { return "{id}" }
    return id < 0 ? "{new\(0 - id)}" : String(id)
  }
}
