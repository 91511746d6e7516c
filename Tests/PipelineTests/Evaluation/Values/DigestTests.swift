import Evaluation
import Testing

@Suite struct DigestTests {
  /// Source: FIPS 180-4, examples of SHA-256.
  @Test func knownAnswers() {
    #expect(
      Digest.sha256("abc".utf8)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest.sha256([])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
