/// Typed access to the members of an object in a data file; `nil` is a missing member.
struct DataFileEntry {
  let members: [String: JSONValue]

  func integer(_ key: String, in range: ClosedRange<Int64>) throws(EntryProblem) -> Int64? {
    guard let value = members[key] else { return nil }
    guard let number = value.integer else { throw .wrongType(key, value, wanted: "an integer") }
    guard range.contains(number) else {
      let bounds = "\(range.lowerBound) to \(range.upperBound)"
      throw EntryProblem(text: "\"\(key)\" must be from \(bounds), not \(number)")
    }
    return number
  }

  func string(_ key: String) throws(EntryProblem) -> String? {
    guard let value = members[key] else { return nil }
    guard let text = value.string else { throw .wrongType(key, value, wanted: "a string") }
    return text
  }

  func boolean(_ key: String) throws(EntryProblem) -> Bool? {
    guard let value = members[key] else { return nil }
    guard let flag = value.bool else { throw .wrongType(key, value, wanted: "a boolean") }
    return flag
  }
}
