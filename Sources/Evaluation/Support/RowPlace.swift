import Language

/// The place of a row in a file, for messages.
package struct RowPlace: Sendable {
  private let source: Source
  /// The line or, in a JSON array, the element, from 1.
  let number: Int

  var file: DataFile { source.file }

  /// A file, shared by the places in it.
  final class Source: Sendable {
    let file: DataFile

    init(_ file: DataFile) { self.file = file }
  }

  init(_ source: Source, _ number: Int) {
    self.source = source
    self.number = number
  }
}

extension RowPlace: CustomStringConvertible {
  package var description: String {
    file.kind == .json ? "`\(file.name)`: element \(number)" : "`\(file.name)`:\(number)"
  }
}
