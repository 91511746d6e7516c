/// An error in a file of a workspace or of faults, with its place.
package struct DataFileError: Error, Hashable, CustomStringConvertible {
  package let path: String
  /// The entry, such as `entry 3` or `tag 1`; `nil` for the file as a whole.
  package let entry: String?
  package let problem: String

  package var description: String {
    guard let entry else { return "\(path): \(problem)" }
    return "\(path): \(entry): \(problem)"
  }
}
