import FoundationEssentials

/// A file that holds JSON arrays.
struct DataFile {
  let path: String
  /// The directory that a relative path refers to; empty for the one of the process.
  var directory = ""

  func load() throws(DataFileError) -> [UInt8] {
    let place = directory.isEmpty || path.hasPrefix("/") ? path : directory + "/" + path
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isDirectory) else {
      throw error("file not found")
    }
    guard !isDirectory else { throw error("is a directory") }
    guard let data = FileManager.default.contents(atPath: place) else {
      throw error("can't be read")
    }
    return Array(data)
  }

  /// Returns the elements of the array in `bytes`.
  func entries(_ bytes: [UInt8]) throws(DataFileError) -> [JSONValue] {
    try entries(json(bytes))
  }

  func json(_ bytes: [UInt8]) throws(DataFileError) -> JSONValue {
    let isBlank = bytes.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
    guard !isBlank else { throw error("is empty") }
    guard let json = JSONValue(parsing: bytes) else { throw error("is not valid JSON") }
    return json
  }

  func entries(_ json: JSONValue) throws(DataFileError) -> [JSONValue] {
    guard let entries = json.array else {
      throw error("must contain a JSON array, not \(json.kind)")
    }
    return entries
  }

  /// Reads each entry; a problem becomes an error with the entry's number, from 1.
  func read<Value>(
    _ entries: [JSONValue], as noun: String = "entry",
    _ each: (JSONValue) throws(EntryProblem) -> Value
  ) throws(DataFileError) -> [Value] {
    var values: [Value] = []
    for (index, entry) in entries.enumerated() {
      do throws(EntryProblem) {
        values.append(try each(entry))
      } catch {
        throw self.error(error.text, entry: "\(noun) \(index + 1)")
      }
    }
    return values
  }

  private func error(_ problem: String, entry: String? = nil) -> DataFileError {
    DataFileError(path: path, entry: entry, problem: problem)
  }
}
