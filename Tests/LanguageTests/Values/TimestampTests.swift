import Foundation
import Language
import Testing
import Text

@Suite struct TimestampTests {
  @Test(arguments: [
    "2015-05-26T22:53:52.528Z", "1970-01-01T00:00:00Z", "2000-02-29T12:00:00Z",
    "2026-12-31T23:59:59Z", "1969-07-20T20:17:40Z", "2400-02-29T00:00:00Z",
  ])
  func agreesWithFoundation(_ text: String) throws {
    let ours = try #require(Timestamp(iso8601: text))
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
    let theirs = try style.parse(text).timeIntervalSince1970
    #expect(abs(Double(ours.microseconds) / 1e6 - theirs) < 0.001)
    #expect(Timestamp(microseconds: ours.microseconds).iso8601 == text)
  }

  @Test func offsetsNameTheSameInstant() {
    #expect(
      Timestamp(iso8601: "2026-01-31T10:00:00-08:00") == Timestamp(iso8601: "2026-01-31T18:00:00Z"))
  }

  @Test(arguments: ["", "2026-13-01", "2026-01-31T10:00:00", "2026-01-31T10:00Z", "26-01-31", "x"])
  func rejectsInvalidTimestamps(_ text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test func roundTripsEveryDayOfFourCenturies() {
    let day: Int64 = 86_400_000_000
    let wrong = (Int64(-60_000)..<86_000).filter { number in
      let stamp = Timestamp(microseconds: number * day)
      return Timestamp(iso8601: stamp.iso8601) != stamp
    }
    #expect(wrong.isEmpty)
  }

  /// The quick look at bytes and the parser agree on instants with wrong, missing and added bytes.
  @Test func quickLookAgreesWithTheParser() {
    var random = SplitMix64(seed: 15)
    let texts = [
      "2025-05-26T15:53:52.532-07:00", "2024-02-29T00:00:00Z", "2023-12-31T23:59:60.123456789Z",
      "2026-01-30T23:59:59+14:00", "2026-01-31",
    ].map { Array($0.utf8) }
    var (instants, others) = (0, 0)
    for _ in 0..<100_000 {
      var text = texts[Int.random(in: texts.indices, using: &random)]
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: text.indices, using: &random)
        let byte = Array("0123456789-:.TZ+t z".utf8).randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text.remove(at: place)
        case 1: text.insert(byte, at: place)
        default: text[place] = byte
        }
      }
      let parsed = Timestamp(iso8601: String(decoding: text, as: UTF8.self)) != nil
      #expect(Timestamp.isISO8601(text.span) == parsed, "\(String(decoding: text, as: UTF8.self))")
      if parsed { instants += 1 } else { others += 1 }
    }
    #expect(instants > 30_000 && others > 10_000)
  }
}
