import JSON

/// A call that changes one connection, as the client sends it and judges its answer.
package struct WriteCall: Hashable, Sendable {
  /// The connection that the call changes; `nil` for one that is yet to be created.
  package let id: Int64?
  package let request: Request
  package let success: Success
  package let kind: CallKind

  /// The answer to a call that was applied.
  package enum Success: Hashable, Sendable {
    /// The connection, as it is after the call.
    case connection
    /// `{"success": true, "status": …}` with this status, or an empty body.
    case status(String)
  }
}

/// The calls. Source: the API's page, "Create", "Update", "Disconnect" and "Delete a connection".
///
/// A negative `id` refers to a connection that a preview only pretends to create. Without an `id`,
/// the call is a template, to be shown and not to be sent.
extension WriteCall {
  package static func create(_ fields: [RequestBody.Member]) -> WriteCall {
    WriteCall(id: nil, request: .create(fields), success: .connection, kind: .create)
  }

  package static func update(id: Int64?, _ fields: [RequestBody.Member]) -> WriteCall {
    // Each attempt at an update with `input` makes the server test the credentials.
    let testsLogin = fields.contains { $0.name == "input" }
    return WriteCall(
      id: id, request: .update(placeholder(id), fields), success: .connection,
      kind: testsLogin ? .updateInput : .update)
  }

  package static func disconnect(id: Int64?, force: Bool) -> WriteCall {
    WriteCall(
      id: id, request: .disconnect(placeholder(id), force: force), success: .status("disconnected"),
      kind: .disconnect)
  }

  package static func delete(id: Int64?) -> WriteCall {
    WriteCall(
      id: id, request: .delete(placeholder(id)), success: .status("deleted"), kind: .delete)
  }

  /// Returns the part of the path that names the connection.
  private static func placeholder(_ id: Int64?) -> String {
    guard let id else { return "{id}" }
    return id < 0 ? "{new\(0 - id)}" : String(id)
  }
}
