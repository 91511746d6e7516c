/// Reads a file with a workspace: a list answer, bare or wrapped, or `{"connections": […], "tags": […]}`.
///
/// Connections may have a `simulator` member with hidden facts. Handles without a tag are allowed.
package enum WorkspaceFile {
  /// Reads a file; a relative path refers to `directory`, or to the one of the process.
  package static func load(
    _ path: String, in directory: String = ""
  ) throws(DataFileError) -> WorkspaceContent {
    try parse(try DataFile(path: path, directory: directory).load(), path: path)
  }

  /// Parses the content of a file; `path` is its name in errors.
  package static func parse(
    _ bytes: [UInt8], path: String
  ) throws(DataFileError) -> WorkspaceContent {
    let file = DataFile(path: path)
    let json = try file.json(bytes)
    return WorkspaceContent(
      connections: try connections(json["connections"] ?? json["result"] ?? json, file),
      tags: try tags(json["tags"] ?? [], file))
  }

  private static func connections(
    _ json: JSONValue, _ file: DataFile
  ) throws(DataFileError) -> [SimulatedConnection] {
    var seen: Set<Int64> = []
    return try file.read(try file.entries(json)) { (entry) throws(EntryProblem) in
      let row = try SimulatedConnection(entry)
      guard seen.insert(row.id).inserted else {
        throw EntryProblem(text: "duplicate id \(row.id)")
      }
      return row
    }
  }

  private static func tags(
    _ json: JSONValue, _ file: DataFile
  ) throws(DataFileError) -> [SimulatedTag] {
    var seen: Set<String> = []
    return try file.read(try file.entries(json), as: "tag") { (entry) throws(EntryProblem) in
      let tag = try SimulatedTag(entry)
      guard seen.insert(tag.handle).inserted else {
        throw EntryProblem(text: "duplicate handle \"\(tag.handle)\"")
      }
      return tag
    }
  }
}

extension SimulatedTag {
  /// Reads a tag as the API lists it; without a title, the handle is its title.
  fileprivate init(_ entry: JSONValue) throws(EntryProblem) {
    guard let members = entry.object else {
      throw EntryProblem(text: "must be an object, not \(entry.kind)")
    }
    let entry = DataFileEntry(members: members)
    guard let handle = try entry.string("handle") else {
      throw EntryProblem(text: "has no \"handle\"")
    }
    self.init(
      handle: handle, title: try entry.string("title") ?? handle,
      description: members["description"] ?? .null, color: members["color"] ?? "blue")
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
