extension Workspace {
  /// The Home folder, used for connections created without `folder_id`.
  static let homeFolder: JSONValue = 4515

  /// Creates a connection; without credentials, or with `shell_connection`, it is a disconnected shell.
  mutating func create(_ payload: Payload) throws(HTTPAnswer) -> HTTPAnswer {
    if options.requiresFolder, payload["folder_id"] ?? .null == .null {
      throw .invalid(["folder_id": "can't be blank"])
    }
    try checkParent(payload["parent_id"], of: nil, provider: payload["provider"] ?? .null)
    var row = SimulatedConnection(id: 0, fields: Self.shell(payload, at: options.clock.now))
    row.authenticate(with: payload, at: options.clock.now)
    return HTTPAnswer(json: add(row.fields).written)
  }

  private static func shell(_ payload: Payload, at now: Timestamp) -> [String: JSONValue] {
    [
      "application": payload["provider"] ?? .null, "name": payload["name"] ?? .null,
      "description": .null, "authorized_at": .null, "authorization_status": .null,
      "authorization_error": .null, "created_at": .string(now.iso8601),
      "updated_at": .string(now.iso8601), "external_id": payload["external_id"] ?? .null,
      "folder_id": payload["folder_id"] ?? homeFolder, "connection_lost_at": .null,
      "connection_lost_reason": .null, "parent_id": payload["parent_id"] ?? .null, "tags": .null,
    ]
  }

  /// Throws the answer 422 unless `parent` is absent, `null` or another connection of the same
  /// provider.
  func checkParent(
    _ parent: JSONValue?, of child: Int64?, provider: JSONValue
  ) throws(HTTPAnswer) {
    guard let id = parent?.integer else { return }
    guard let row = rows.first(where: { $0.id == id }), id != child else {
      throw .invalid(["parent_id": "must be another connection"])
    }
    guard row["application"] == provider else {
      throw .invalid(["parent_id": "must be of the same provider"])
    }
  }
}
