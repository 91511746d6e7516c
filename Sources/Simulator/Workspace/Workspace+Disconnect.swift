extension Workspace {
  /// Disconnects a connection: `authorized_at`, `authorization_status` and `authorization_error`
  /// become `null`, as in a shell, and the record of its last loss is kept. A disconnected connection
  /// stays unchanged, including `updated_at`, and the call succeeds.
  ///
  /// Connections used by active recipes need force: `{"force": true}` in the body or `force=true` in the query.
  mutating func disconnect(_ call: Call) throws(HTTPAnswer) -> HTTPAnswer {
    let isForced = try Self.isForced(call)
    let index = try index(of: call.id)
    let row = rows[index]
    if !row.isDisconnected {
      guard isForced || row.facts.activeRecipes == 0 else {
        throw .rejected(
          "You can't disconnect a connection used by active recipes", status: options.refusalStatus)
      }
      replace(at: index, with: disconnected(row, byForce: isForced))
    }
    return HTTPAnswer(json: ["success": true, "status": "disconnected"])
  }

  private func disconnected(
    _ row: SimulatedConnection, byForce isForced: Bool
  ) -> SimulatedConnection {
    var row = row
    for name in ["authorized_at", "authorization_status", "authorization_error"] {
      row[name] = .null
    }
    row["updated_at"] = .string(options.clock.now.iso8601)
    if isForced && options.forceStopsRecipes { row.facts.activeRecipes = 0 }
    return row
  }

  private static func isForced(_ call: Call) throws(HTTPAnswer) -> Bool {
    let asked = try Query(call.encodedQuery)["force"] == "true"
    guard let force = try JSONValue.bodyObject(call.body)["force"] else { return asked }
    guard let force = force.bool else { throw .invalid(["force": "must be a boolean"]) }
    return force || asked
  }
}
