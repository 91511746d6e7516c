/// A length of time in microseconds. A script writes it as `45s`, `15m`, `36h`, `90d` or `2w`, or
/// combined as `1d12h`.
package struct TimeSpan: Hashable, Comparable, Sendable {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.microseconds < rhs.microseconds }

  /// The units and their lengths in seconds, largest first.
  static let units: [(name: String, seconds: Int64)] = [
    ("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]
}

extension TimeSpan: CustomStringConvertible {
  /// The duration as a script would write it, but without weeks: `1d12h`.
  package var description: String {
    var rest = (microseconds.magnitude / 1_000_000)
    var text = ""
    for unit in Self.units.dropFirst() where rest >= UInt64(unit.seconds) {
      text += "\(rest / UInt64(unit.seconds))\(unit.name)"
      rest %= UInt64(unit.seconds)
    }
    return (microseconds < 0 ? "-" : "") + (text.isEmpty ? "0s" : text)
  }
}

extension TimeSpan {
  /// The reasons why a text is not a length of time.
  package enum Problem: Error, Hashable { case malformed, calendarUnit, tooLarge }

  /// Parses all of `text`, such as `1d12h`.
  package static func parse(_ text: some StringProtocol) throws(Problem) -> TimeSpan {
    var rest = text.utf8[...]
    var total: Int64 = 0
    repeat {
      let digits = rest.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix(while: \.isASCIILetter)
      rest = rest.dropFirst(unit.count)
      total = try sum(total, digits, try seconds(of: unit))
    } while !rest.isEmpty
    return TimeSpan(microseconds: total)
  }

  private static func seconds(of unit: some Collection<UInt8>) throws(Problem) -> Int64 {
    let isUnit: (String) -> Bool = { $0.utf8.elementsEqual(unit) }
    if let seconds = units.first(where: { isUnit($0.name) })?.seconds { return seconds }
    let calendar = ["mo", "mon", "month", "months", "M", "y", "yr", "year", "years"]
    throw calendar.contains(where: isUnit) ? .calendarUnit : .malformed
  }

  private static func sum(_ total: Int64, _ digits: some Sequence<UInt8>, _ seconds: Int64)
    throws(Problem) -> Int64
  {
    guard digits.contains(where: \.isASCIIDigit) else { throw .malformed }
    guard let number = Int64(digits: digits) else { throw .tooLarge }
    let (product, overflow) = number.multipliedReportingOverflow(by: seconds * 1_000_000)
    let (sum, carried) = total.addingReportingOverflow(product)
    if overflow || carried { throw .tooLarge }
    return sum
  }
}

extension Int64 {
  /// Creates the number that decimal digits form, ignoring underscores; `nil` if it is too large.
  init?(digits: some Sequence<UInt8>) {
    self = 0
    for byte in digits where byte != UInt8(ascii: "_") {
      let (tens, isLarge) = multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if isLarge || isLarger { return nil }
      self = sum
    }
  }
}
