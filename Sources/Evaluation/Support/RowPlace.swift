import Language

/// The place of a row in a file, for messages.
package struct RowPlace: Hashable, Sendable {
  let file: DataFile
  /// The line or, in a JSON array, the element, from 1.
  let number: Int
}

extension RowPlace: CustomStringConvertible {
  package var description: String {
    file.kind == .json ? "`\(file.name)`: element \(number)" : "`\(file.name)`:\(number)"
  }
}
