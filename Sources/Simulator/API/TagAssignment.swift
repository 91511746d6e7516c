/// The validated body of an assignment of tags. Recipes, which it may also name, are ignored.
struct TagAssignment {
  /// Handles of the tags to set.
  let added: [String]
  /// Handles of the tags to remove.
  let removed: [String]
  let connections: [Int64]

  private static let maxConnections = 100

  /// Throws the answer 400 if `body` is not a JSON object, names nothing to do or too many connections,
  /// and 422 if a member has the wrong type.
  init(_ body: [UInt8]) throws(HTTPAnswer) {
    let members = try JSONValue.bodyObject(body)
    added = try members.elements("add_tags", "an array of strings", \.string)
    removed = try members.elements("remove_tags", "an array of strings", \.string)
    connections = try members.elements("connection_ids", "an array of integers", \.integer)
    let isUseless = added.isEmpty && removed.isEmpty || connections.isEmpty
    guard !isUseless, connections.count <= Self.maxConnections else { throw .badRequest }
  }
}

extension [String: JSONValue] {
  /// Returns the elements of an array; none if the member is missing.
  fileprivate func elements<Element>(
    _ name: String, _ kind: String, _ read: (JSONValue) -> Element?
  ) throws(HTTPAnswer) -> [Element] {
    guard let value = self[name] else { return [] }
    let elements = value.array?.compactMap(read)
    guard let elements, elements.count == value.array?.count else {
      throw .invalid([name: "must be \(kind)"])
    }
    return elements
  }
}
