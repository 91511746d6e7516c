extension Workspace {
  private static let maxPerPage: Int64 = 100

  /// Lists a page of the tags, in the workspace's order; the filters of the API are ignored.
  func listTags(_ query: Query) throws(HTTPAnswer) -> HTTPAnswer {
    let page = try Self.number(query["page"]) ?? 1
    let perPage = min(try Self.number(query["per_page"]) ?? Self.maxPerPage, Self.maxPerPage)
    let rows = tags.dropFirst(Int((page - 1) * perPage)).prefix(Int(perPage))
    return HTTPAnswer(json: ["data": ["tags": .array(rows.map(\.listed))]])
  }

  /// Throws the answer 400 unless the text is a positive number of a sensible size.
  private static func number(_ text: String?) throws(HTTPAnswer) -> Int64? {
    guard let text else { return nil }
    guard let number = Int64(text), (1...1_000_000).contains(number) else { throw .badRequest }
    return number
  }

  /// Sets and removes tags of connections. What is already so stays unchanged, including `updated_at`;
  /// the answer is empty.
  mutating func assign(_ assignment: TagAssignment) throws(HTTPAnswer) -> HTTPAnswer {
    let known = Set(tags.map(\.handle))
    if options.refusesUnknownTagging { try checkTargets(assignment, known) }
    let added = assignment.added.filter(known.contains)
    let ids = Set(assignment.connections)
    replaceAll(
      with: rows.map { row in
        ids.contains(row.id) ? tagged(row, adding: added, removing: assignment.removed) : row
      })
    return HTTPAnswer(status: 200, body: [])
  }

  private func tagged(
    _ row: SimulatedConnection, adding added: [String], removing removed: [String]
  ) -> SimulatedConnection {
    let all = added.reduce(row.tags) { $0.contains($1) ? $0 : $0 + [$1] }
    let tags = all.filter { !removed.contains($0) }
    guard tags != row.tags else { return row }
    var row = row
    row["tags"] = .array(tags.map { .string($0) })
    if options.taggingIsAnUpdate { row["updated_at"] = .string(options.clock.now.iso8601) }
    return row
  }

  private func checkTargets(
    _ assignment: TagAssignment, _ known: Set<String>
  ) throws(HTTPAnswer) {
    for id in assignment.connections { _ = try index(of: id) }
    guard known.isSuperset(of: assignment.added + assignment.removed) else { throw .notFound }
  }
}

extension SimulatedConnection {
  /// The handles of its tags.
  package var tags: [String] { self["tags"].array?.compactMap(\.string) ?? [] }
}
