import Evaluation
import Language

/// The name of a run, such as `20261125T161020Z-3f2a`. Sorting by name sorts by time, to the
/// millisecond: the digits are the part of the second that has passed, and a random rest.
struct RunName: Comparable {
  /// Seconds since 1970.
  private let second: Int64
  private let digits: Int

  private static let digitsEnd = 0x1_0000
  /// The digits of one millisecond.
  private static let step = 65

  private init(second: Int64, digits: Int) { (self.second, self.digits) = (second, digits) }

  init(_ clock: any HostClock) {
    let now = clock.microseconds()
    second = now / 1_000_000
    digits = Int(now % 1_000_000) / 1_000 * Self.step + .random(in: 0..<Self.step)
  }

  /// Returns `nil` if the text isn't such a name.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let digits = Int(parts[1], radix: 16), parts[0].utf8.count == 16,
      let time = Self.timestamp(Array(parts[0]))
    else { return nil }
    self.init(second: time.microseconds / 1_000_000, digits: digits)
    guard self.text == text else { return nil }
  }

  private static func timestamp(_ digits: [Character]) -> Timestamp? {
    let date = [digits[..<4], digits[4..<6], digits[6..<8]].map { String($0) }
    let time = [digits[9..<11], digits[11..<13], digits[13..<15]].map { String($0) }
    return Timestamp(
      iso8601: date.joined(separator: "-") + "T" + time.joined(separator: ":") + "Z")
  }

  var text: String {
    let time = Timestamp(microseconds: second * 1_000_000).iso8601.prefix(19)
    let hexadecimal = String(Self.digitsEnd + digits, radix: 16).dropFirst()
    return "\(time.filter { $0 != "-" && $0 != ":" })Z-\(hexadecimal)"
  }

  /// The second in which the run began.
  var time: Timestamp { Timestamp(microseconds: second * 1_000_000) }

  /// The name that follows this one directly.
  var next: RunName {
    digits + 1 < Self.digitsEnd
      ? RunName(second: second, digits: digits + 1) : RunName(second: second + 1, digits: 0)
  }

  static func < (one: RunName, other: RunName) -> Bool {
    (one.second, one.digits) < (other.second, other.digits)
  }
}
