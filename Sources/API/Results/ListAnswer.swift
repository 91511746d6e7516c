import JSON

/// Decodes the answer of a list call.
package enum ListAnswer {
  /// Returns the connections in the order of the answer.
  ///
  /// The answer is a bare array; the embedded variant wraps it as `{"result": […]}`.
  package static func connections(in answer: Answer) throws(ClientError) -> [Connection] {
    let json = try answer.content { $0("id").flatMap(Connection.id) != nil }
    guard let rows = json.array ?? json["result"]?.array else {
      throw .unreadable("expected a list of connections")
    }
    return try decode(rows)
  }

  private static func decode(_ rows: [JSON]) throws(ClientError) -> [Connection] {
    var connections: [Connection] = []
    connections.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      guard let connection = Connection(row) else {
        throw .unreadable("element \(index + 1) is not a connection: its id is not an integer")
      }
      connections.append(connection)
    }
    return connections
  }
}
