import Foundation
import TestSupport
import Testing
import Text

@Suite struct DigestTests {
  /// Source: NIST, "Example Values" of SHA-256, and RFC 6234, section 8.5.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (
      String(
        repeating: "0123456701234567012345670123456701234567012345670123456701234567", count: 10),
      "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func matchesKnownAnswers(_ text: String, _ expected: String) {
    #expect(Digest.sha256(text.utf8) == expected)
  }

  /// Each length around two blocks, and longer ones, compared with coreutils.
  @Test func agreesWithSha256sum() async throws {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    var random = SplitMix64(seed: 20_261_128)
    var expected = ""
    for length in Array(0...200)
      + (0..<20).map({ _ in Int.random(in: 200...20_000, using: &random) })
    {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let name = Digest.sha256(bytes)
      try Data(bytes).write(to: scratch.appending(path: name))
      expected += "\(name)  \(name)\n"
    }
    let result = try await Program.shell("sha256sum * | sort -u", in: scratch)
    #expect(
      result.output == expected.split(separator: "\n").sorted().joined(separator: "\n") + "\n")
  }
}
