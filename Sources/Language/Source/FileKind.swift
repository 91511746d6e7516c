/// The forms of data files, by their endings.
package enum FileKind: String, CaseIterable, Sendable {
  case json, jsonl, csv

  /// The endings, without their dots.
  static let endings = allCases.map(\.rawValue)

  /// Returns the kind that the ending of `path` names, or `nil`.
  package init?(path: String) {
    guard let dot = path.lastIndex(of: "."), path[dot...].count > 1 else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }
}
