import TestSupport
import Text

/// An instant that can be written in any time zone. Its day is never the first or last of a month,
/// so that it is the same month in every zone.
struct RandomInstant {
  private let month: String
  private var day: Int
  private var minute: Int
  private var second: Int
  /// The fraction, including the point; empty if the text has none.
  private var fraction: String

  private static let months = ["1969-07", "2015-05", "2024-02", "2026-01"]
  private static let fractions = ["", "", ".000", ".5", ".250", ".999", ".250500", ".1234567"]
  private static let offsets = [0, 0, -480, 330, 840, -720, 60]

  init(_ random: inout SplitMix64) {
    month = random.pick(Self.months)
    day = random.number(in: 2...27)
    minute = random.number(in: 0...1439)
    second = random.number(in: 0...59)
    fraction = random.pick(Self.fractions)
  }

  /// Returns instants of which many are less than a second apart, or a day, or equal.
  static func pool(_ count: Int, _ random: inout SplitMix64) -> [RandomInstant] {
    var instants: [RandomInstant] = []
    while instants.count < count {
      let instant = RandomInstant(&random)
      instants += [instant, instant.near(&random)]
    }
    return instants
  }

  private func near(_ random: inout SplitMix64) -> RandomInstant {
    var other = self
    switch random.number(in: 0...3) {
    case 0: other.fraction = random.pick(Self.fractions)
    case 1: other.second = 59 - second
    case 2: other.day = 29 - day
    default: (other.minute, other.second, other.fraction) = (0, 0, "")
    }
    return other
  }

  /// Returns the text, such as `2026-01-31T10:00:00.250+05:30`.
  func text(_ random: inout SplitMix64) -> String {
    let offset = random.pick(Self.offsets)
    let local = minute + offset + 1440
    let date = "\(month)-\(padded(day + local / 1440 - 1))"
    let clock = [local % 1440 / 60, local % 60, second].map(padded).joined(separator: ":")
    return date + "T" + clock + fraction + zone(offset, &random)
  }

  private func zone(_ offset: Int, _ random: inout SplitMix64) -> String {
    if offset == 0, random.chance(80) { return "Z" }
    let size = abs(offset)
    return (offset < 0 ? "-" : "+") + padded(size / 60) + ":" + padded(size % 60)
  }

  /// Just the date, which means midnight UTC.
  var date: String { "\(month)-\(padded(day))" }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
