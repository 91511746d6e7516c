extension Workspace {
  private static let settable = ["name", "parent_id", "folder_id", "external_id"]

  /// Sets the fields in the payload and nothing else; without a known member it changes nothing.
  ///
  /// `provider` may be sent, as in the page's sample, but not changed.
  mutating func update(_ id: Int64?, _ payload: Payload) throws(HTTPAnswer) -> HTTPAnswer {
    let index = try index(of: id)
    var row = rows[index]
    guard !payload.isEmpty else { return HTTPAnswer(json: row.written) }
    guard (payload["provider"] ?? row["application"]) == row["application"] else {
      throw .invalid(["provider": "can't be changed"])
    }
    try checkParent(payload["parent_id"], of: id, provider: row["application"])
    for name in Self.settable { row[name] = payload[name] ?? row[name] }
    row.authenticate(with: payload, at: options.clock.now)
    row["updated_at"] = .string(options.clock.now.iso8601)
    replace(at: index, with: row)
    return HTTPAnswer(json: row.written)
  }
}

extension SimulatedConnection {
  /// Tests the credentials, if there are any to test, and sets the status.
  ///
  /// A failed login keeps `authorized_at`; no login clears the record of the last loss.
  mutating func authenticate(with payload: Payload, at now: Timestamp) {
    guard payload.authenticates else { return }
    let failed = payload.credentialsAreWrong
    self["authorization_status"] = failed ? "failed" : "success"
    self["authorization_error"] = failed ? "Invalid credentials" : .null
    if !failed { self["authorized_at"] = .string(now.iso8601) }
  }

  /// The answer to *create* and *update*: `provider` instead of `application`, and fewer fields.
  var written: JSONValue {
    let names = [
      "id", "name", "authorized_at", "authorization_status", "authorization_error", "created_at",
      "updated_at", "external_id", "folder_id", "parent_id",
    ]
    var answer = Dictionary(uniqueKeysWithValues: names.map { ($0, self[$0]) })
    answer["provider"] = self["application"]
    return .object(answer)
  }
}
