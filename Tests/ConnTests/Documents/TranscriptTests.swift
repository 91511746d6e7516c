import Foundation
import TestSupport
import Testing

@Suite struct TranscriptTests {
  @Test(arguments: Golden.files(in: "Tests/ConnTests/Transcripts", ending: ".txt"))
  func transcript(_ url: URL) async throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    try Golden.expect(try await Transcript.replay(text), at: url)
  }

  private static let fence = "```console\n"

  /// Every console block of the README and of the pages in `docs` is a transcript.
  @Test(arguments: Pages.all)
  func consoleBlocks(_ url: URL) async throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    var parts = text.components(separatedBy: Self.fence)
    // Another test may be recording a page that has none.
    guard parts.count > 1 else { return }
    for place in parts.indices.dropFirst() {
      let end = try #require(parts[place].range(of: "```"))
      let block = String(parts[place][..<end.lowerBound])
      parts[place] = try await Transcript.replay(block) + parts[place][end.lowerBound...]
    }
    try Golden.expect(parts.joined(separator: Self.fence), at: url)
  }

  @Test func thePagesHaveConsoleBlocks() throws {
    let texts = try Pages.all.map { try String(contentsOf: $0, encoding: .utf8) }
    #expect(texts.filter { $0.contains(Self.fence) }.count > 3)
  }
}
