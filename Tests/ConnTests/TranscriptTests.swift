import Foundation
import TestSupport
import Testing

@Suite struct TranscriptTests {
  @Test(arguments: Golden.files(in: "Tests/ConnTests/Transcripts", ending: ".txt"))
  func transcript(_ url: URL) throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    try Golden.expect(try Transcript.replay(text), at: url)
  }

  /// Every console block of the README is a transcript.
  @Test func readme() throws {
    let url = Golden.root.appending(path: "README.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    var parts = text.components(separatedBy: "```console\n")
    #expect(parts.count > 3)
    for place in parts.indices.dropFirst() {
      let end = try #require(parts[place].range(of: "```"))
      let block = String(parts[place][..<end.lowerBound])
      parts[place] = try Transcript.replay(block) + parts[place][end.lowerBound...]
    }
    try Golden.expect(parts.joined(separator: "```console\n"), at: url)
  }
}
