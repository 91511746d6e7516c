/// A file of rows that a script reads.
package struct DataFile: Hashable, Sendable {
  /// The path; `-` is stdin.
  package let path: String
  /// The type that the script names, or that of the extension; `nil` if neither is known.
  package let kind: FileKind?

  package init(_ path: String, as kind: FileKind? = nil) {
    self.path = path
    self.kind = kind ?? FileKind(path: path)
  }

  package var isStandardInput: Bool { path == Self.standardInput }

  /// The name of stdin in scripts and on the command line.
  package static let standardInput = "-"

  /// The name for messages.
  package var name: String { isStandardInput ? "stdin" : path }
}
