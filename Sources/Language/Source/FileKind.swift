/// The file types of data files, identified by extension.
package enum FileKind: String, CaseIterable, Sendable {
  case json, jsonl, csv

  /// The extensions, without the dot.
  static let endings = allCases.map(\.rawValue)

  /// Creates the file type for the extension of `path`; `nil` if the extension is unknown.
  package init?(path: String) {
    guard let dot = path.lastIndex(of: "."), path[dot...].count > 1 else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }
}
