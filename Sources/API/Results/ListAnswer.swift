import JSON

/// Decodes the answer of a list call.
package enum ListAnswer {
  /// Returns the connections in the order of the answer.
  ///
  /// The answer is a bare array; the embedded variant wraps it as `{"result": […]}`.
  package static func connections(in answer: Answer) throws(ClientError) -> [Connection] {
    try check(answer)
    let json: JSON
    do {
      json = try JSONParser.parse(answer.body)
    } catch {
      throw .unreadable("\(error.message) at byte \(error.offset)")
    }
    if json["success"] == .bool(false) { throw .refused(answer.message ?? "no reason given") }
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

  private static func check(_ answer: Answer) throws(ClientError) {
    if let kind = Rejection.Kind(answer) {
      throw ClientError(kind, message: answer.message)
    }
    if (300..<400).contains(answer.status) { throw .redirected(to: answer.redirectOrigin) }
    guard answer.isSuccess else {
      throw .server(status: answer.status, message: answer.message)
    }
    if answer.isHTML { throw .webPage }
  }
}
