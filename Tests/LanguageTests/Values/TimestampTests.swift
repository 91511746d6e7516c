import Foundation
import Language
import Testing

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
}
