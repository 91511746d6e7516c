/// An error in a file of connections or faults, with its place.
package struct DataFileError: Error, Hashable, CustomStringConvertible {
  package let path: String
  /// Number of the entry, from 1; `nil` for the file as a whole.
  package let entry: Int?
  package let problem: String

  package var description: String {
    guard let entry else { return "\(path): \(problem)" }
    return "\(path): entry \(entry): \(problem)"
  }
}
