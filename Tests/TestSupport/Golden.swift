import Foundation
import Testing

/// Compares texts with files in the repository. With `CONN_RECORD=1` the files are rewritten, and
/// the diff is reviewed.
package enum Golden {
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  package static var isRecording: Bool { ProcessInfo.processInfo.environment["CONN_RECORD"] == "1" }

  /// The files of a directory and of its subdirectories, sorted by path.
  package static func files(in directory: String, ending: String) -> [URL] {
    let url = root.appending(path: directory)
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().map { url.appending(path: $0) }
  }

  package static func expect(
    _ actual: String, at url: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    if isRecording { try actual.write(to: url, atomically: true, encoding: .utf8) }
    let expected = try String(contentsOf: url, encoding: .utf8)
    expectText(
      actual, expected, "differs from \(url.lastPathComponent); CONN_RECORD=1 rewrites it",
      sourceLocation: sourceLocation)
  }
}
