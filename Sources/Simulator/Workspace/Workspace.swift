/// The connections and tags of a workspace and the rules for reading and changing them.
struct Workspace: Sendable {
  private(set) var rows: [SimulatedConnection]
  let tags: [SimulatedTag]
  /// Number of calls that changed something.
  private(set) var changes = 0
  let options: SimulatorOptions
  /// The highest id ever used; ids are never reused.
  private var highestID: Int64

  /// A handle of a connection without a tag gets one whose title is the handle.
  init(_ content: WorkspaceContent, options: SimulatorOptions) {
    rows = content.connections
    var known = Set(content.tags.map(\.handle))
    let missing = rows.flatMap(\.tags).filter { known.insert($0).inserted }
    tags = content.tags + missing.map { SimulatedTag(handle: $0, title: $0) }
    self.options = options
    highestID = rows.map(\.id).max() ?? 0
  }

  /// Returns the answer to a call that has passed the checks of token and limits.
  mutating func answer(_ call: Call) -> HTTPAnswer {
    do throws(HTTPAnswer) {
      switch call.endpoint {
      case .list: return try list(Query(call.encodedQuery))
      case .create: return try create(Payload(call.body))
      case .update: return try update(call.id, Payload(call.body))
      case .disconnect: return try disconnect(call)
      case .delete: return try delete(call.id)
      case .tags: return try listTags(Query(call.encodedQuery))
      case .tag: return try assign(TagAssignment(call.body))
      }
    } catch {
      return error
    }
  }

  /// Returns the index of a connection, or throws the answer 404.
  func index(of id: Int64?) throws(HTTPAnswer) -> Int {
    guard let index = rows.firstIndex(where: { $0.id == id }) else { throw .notFound }
    return index
  }

  mutating func add(_ fields: [String: JSONValue]) -> SimulatedConnection {
    highestID += 1
    let row = SimulatedConnection(id: highestID, fields: fields)
    rows.append(row)
    changes += 1
    return row
  }

  mutating func replace(at index: Int, with row: SimulatedConnection) {
    rows[index] = row
    changes += 1
  }

  /// Replaces all connections; counts as one change, if there is any.
  mutating func replaceAll(with new: [SimulatedConnection]) {
    guard new != rows else { return }
    rows = new
    changes += 1
  }

  mutating func remove(at index: Int) {
    rows.remove(at: index)
    changes += 1
  }
}
