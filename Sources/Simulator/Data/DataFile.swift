import FoundationEssentials

/// A file that holds one JSON array.
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

  /// Returns the elements of the array in `bytes`, or of the array in its member `wrapper`.
  func entries(
    _ bytes: [UInt8], wrapper: String? = nil
  ) throws(DataFileError) -> [JSONValue] {
    let isBlank = bytes.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
    guard !isBlank else { throw error("is empty") }
    guard let json = JSONValue(parsing: bytes) else { throw error("is not valid JSON") }
    let inner = wrapper.flatMap { json[$0] } ?? json
    guard let entries = inner.array else {
      throw error("must contain a JSON array, not \(inner.kind)")
    }
    return entries
  }

  /// Reads each entry; a problem becomes an error with the entry's number.
  func read<Value>(
    _ entries: [JSONValue], _ each: (JSONValue) throws(EntryProblem) -> Value
  ) throws(DataFileError) -> [Value] {
    var values: [Value] = []
    for (index, entry) in entries.enumerated() {
      do throws(EntryProblem) {
        values.append(try each(entry))
      } catch {
        throw self.error(error.text, entry: index + 1)
      }
    }
    return values
  }

  private func error(_ problem: String, entry: Int? = nil) -> DataFileError {
    DataFileError(path: path, entry: entry, problem: problem)
  }
}
