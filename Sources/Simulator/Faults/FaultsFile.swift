/// Reads a file of faults: `[{"on": "update", "id": 36, "nth": 2, "times": 1, "play": "status",
/// "status": 500, "applies": true}, …]`.
///
/// `on` is an endpoint or `any`. All members are optional, except `play` and those that the fault
/// itself requires.
package enum FaultsFile {
  private static let commonKeys = ["on", "id", "nth", "times", "play", "applies"]

  /// Reads a file; a relative path refers to `directory`, or to the one of the process.
  package static func load(
    _ path: String, in directory: String = ""
  ) throws(DataFileError) -> [SimulatorFault] {
    try parse(try DataFile(path: path, directory: directory).load(), path: path)
  }

  /// Parses the content of a file; `path` is its name in errors.
  package static func parse(
    _ bytes: [UInt8], path: String
  ) throws(DataFileError) -> [SimulatorFault] {
    let file = DataFile(path: path)
    return try file.read(try file.entries(bytes)) { (entry) throws(EntryProblem) in
      guard let members = entry.object else {
        throw EntryProblem(text: "must be an object, not \(entry.kind)")
      }
      return try fault(DataFileEntry(members: members))
    }
  }

  private static func fault(_ entry: DataFileEntry) throws(EntryProblem) -> SimulatorFault {
    let form = try form(entry)
    let known = commonKeys + form.keys
    for key in entry.members.keys.sorted() where !known.contains(key) {
      throw .unknownKey(key, known: known)
    }
    return SimulatorFault(
      on: try endpoint(entry), id: try entry.integer("id", in: 0...Int64.max),
      nth: Int(try entry.integer("nth", in: 1...1_000_000_000) ?? 1),
      times: Int(try entry.integer("times", in: 1...1_000_000_000) ?? 1),
      play: try form.play(entry), applies: try entry.boolean("applies"))
  }

  private static func form(_ entry: DataFileEntry) throws(EntryProblem) -> FaultKind {
    guard let name = try entry.string("play") else {
      throw EntryProblem(text: "has no \"play\"")
    }
    guard let form = FaultKind.all.first(where: { $0.name == name }) else {
      let names = FaultKind.all.map(\.name).joined(separator: ", ")
      throw EntryProblem(text: "unknown fault \"\(name)\"; known faults: \(names)")
    }
    return form
  }

  private static func endpoint(_ entry: DataFileEntry) throws(EntryProblem) -> Endpoint? {
    guard let name = try entry.string("on"), name != "any" else { return nil }
    guard let endpoint = Endpoint(rawValue: name) else {
      let names = (Endpoint.allCases.map(\.rawValue) + ["any"]).joined(separator: ", ")
      throw EntryProblem(text: "unknown endpoint \"\(name)\"; known endpoints: \(names)")
    }
    return endpoint
  }
}
