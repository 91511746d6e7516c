/// What is wrong with a file of connections or faults, and where.
package struct DataFileError: Error, Hashable, CustomStringConvertible {
  package let path: String
  /// The entry, from 1; `nil` where the file as a whole is meant.
  package let entry: Int?
  package let problem: String

  package var description: String {
    guard let entry else { return "\(path): \(problem)" }
    return "\(path): entry \(entry): \(problem)"
  }
}
