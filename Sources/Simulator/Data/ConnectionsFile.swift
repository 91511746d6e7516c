/// Reads a file of connections: a list answer, bare or wrapped, whose elements may have a `simulator`
/// member with hidden facts.
package enum ConnectionsFile {
  /// Reads a file; a relative path refers to `directory`, or to the one of the process.
  package static func load(
    _ path: String, in directory: String = ""
  ) throws(DataFileError) -> [SimulatedConnection] {
    try parse(try DataFile(path: path, directory: directory).load(), path: path)
  }

  /// Parses the content of a file; `path` is its name in errors.
  package static func parse(
    _ bytes: [UInt8], path: String
  ) throws(DataFileError) -> [SimulatedConnection] {
    let file = DataFile(path: path)
    let entries = try file.entries(bytes, wrapper: "result")
    var seen: Set<Int64> = []
    return try file.read(entries) { (entry) throws(EntryProblem) in
      let row = try SimulatedConnection(entry)
      guard seen.insert(row.id).inserted else {
        throw EntryProblem(text: "duplicate id \(row.id)")
      }
      return row
    }
  }
}

extension SimulatedConnection {
  fileprivate init(_ entry: JSONValue) throws(EntryProblem) {
    guard var fields = entry.object else {
      throw EntryProblem(text: "must be an object, not \(entry.kind)")
    }
    guard let id = fields["id"] else { throw EntryProblem(text: "has no \"id\"") }
    guard let number = id.integer else { throw .wrongType("id", id, wanted: "an integer") }
    let facts = try SimulatorFacts(fields.removeValue(forKey: "simulator"))
    self.init(id: number, fields: fields, facts: facts)
  }
}

extension SimulatorFacts {
  private static let keys = ["active_recipes", "audit_streaming", "runtime"]

  fileprivate init(_ json: JSONValue?) throws(EntryProblem) {
    guard let json else { return }
    guard let members = json.object else {
      throw .wrongType("simulator", json, wanted: "an object")
    }
    for key in members.keys.sorted() where !Self.keys.contains(key) {
      throw .unknownKey(key, known: Self.keys)
    }
    let entry = DataFileEntry(members: members)
    activeRecipes = Int(try entry.integer("active_recipes", in: 0...1_000_000) ?? 0)
    auditStreaming = try entry.boolean("audit_streaming") ?? false
    runtime = try entry.boolean("runtime") ?? false
  }
}
