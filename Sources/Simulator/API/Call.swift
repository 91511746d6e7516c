/// A parsed request to one of the endpoints.
struct Call {
  let endpoint: Endpoint
  /// `nil` for the lists, *create* and tags.
  let id: Int64?
  /// The part after the `?`, still encoded.
  let encodedQuery: String
  let body: [UInt8]

  /// Throws the answer 404 or 405 if method and path don't match an endpoint.
  init(_ request: ReceivedRequest) throws(HTTPAnswer) {
    let parts = request.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    encodedQuery = parts.count == 2 ? String(parts[1]) : ""
    body = request.body
    (endpoint, id) = try Self.route(request.method, path: parts[0])
  }

  /// The connections that the call names.
  var connections: [Int64] {
    guard endpoint == .tag else { return id.map { [$0] } ?? [] }
    return (try? TagAssignment(body))?.connections ?? []
  }

  private static func route(
    _ method: String, path: Substring
  ) throws(HTTPAnswer) -> (Endpoint, Int64?) {
    switch (method, path) {
    case ("GET", "/api/tags"): return (.tags, nil)
    case ("POST", "/api/tags_assignments"): return (.tag, nil)
    case (_, "/api/tags"), (_, "/api/tags_assignments"): throw .methodNotAllowed
    default: return try connectionRoute(method, path)
    }
  }

  private static func connectionRoute(
    _ method: String, _ path: Substring
  ) throws(HTTPAnswer) -> (Endpoint, Int64?) {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.starts(with: ["", "api", "connections"]) else { throw .notFound }
    switch (segments.count, method) {
    case (3, "GET"): return (.list, nil)
    case (3, "POST"): return (.create, nil)
    case (4, "PUT"): return (.update, try identifier(segments[3]))
    case (4, "DELETE"): return (.delete, try identifier(segments[3]))
    case (5, "POST") where segments[4] == "disconnect":
      return (.disconnect, try identifier(segments[3]))
    default: throw try isPath(segments) ? .methodNotAllowed : .notFound
    }
  }

  private static func isPath(_ segments: [Substring]) throws(HTTPAnswer) -> Bool {
    if segments.count > 3 { _ = try identifier(segments[3]) }
    return segments.count <= 4 || segments.count == 5 && segments[4] == "disconnect"
  }

  private static func identifier(_ segment: Substring) throws(HTTPAnswer) -> Int64 {
    guard segment.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let id = Int64(segment) else {
      throw .notFound
    }
    return id
  }
}
