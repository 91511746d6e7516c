import Foundation
import TestSupport
import Testing

@Suite struct TranscriptTests {
  @Test(arguments: Golden.files(in: "Tests/ConnTests/Transcripts", ending: ".txt"))
  func replaysTheTranscript(_ url: URL) async throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    try Golden.expect(try await Transcript.replay(text), at: url)
  }

  private static let fence = "```console\n"

  /// Every console block of the README and of the pages in `docs` is a transcript.
  @Test(arguments: Pages.all)
  func replaysConsoleBlocks(_ url: URL) async throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    var parts = text.components(separatedBy: Self.fence)
    // Another test may be recording a page that has none.
    guard parts.count > 1 else { return }
    for index in parts.indices.dropFirst() {
      let end = try #require(parts[index].range(of: "```"))
      let block = String(parts[index][..<end.lowerBound])
      parts[index] = try await Transcript.replay(block) + parts[index][end.lowerBound...]
    }
    try Golden.expect(parts.joined(separator: Self.fence), at: url)
  }

  @Test func pagesHaveConsoleBlocks() throws {
    let texts = try Pages.all.map { try String(contentsOf: $0, encoding: .utf8) }
    #expect(texts.filter { $0.contains(Self.fence) }.count > 3)
  }
}
