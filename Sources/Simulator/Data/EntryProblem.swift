/// An error in one entry of a data file.
struct EntryProblem: Error {
  let text: String

  static func wrongType(_ key: String, _ value: JSONValue, wanted: String) -> EntryProblem {
    EntryProblem(text: "\"\(key)\" must be \(wanted), not \(value.kind)")
  }

  static func unknownKey(_ key: String, known: [String]) -> EntryProblem {
    EntryProblem(text: "unknown key \"\(key)\"; known keys: \(known.joined(separator: ", "))")
  }
}
