/// A decimal number of any size, which compares without rounding.
///
/// It is ±0.d₁d₂d₃… × 10ᵉ without zeros at either end of the digits, so that each number has one
/// form: 1e2, 100 and 100.00 are equal. No part of it is ever expanded, so 1e999999999999 takes no
/// longer than 1e9.
struct ExactNumber: Hashable, Sendable {
  /// -1, 0 or 1.
  private let sign: Int
  private let exponent: Exponent
  private let digits: [UInt8]

  private static let zero = UInt8(ascii: "0")

  /// Reads a number as JSON writes it.
  init(_ lexeme: String) {
    let isNegative = lexeme.utf8.first == UInt8(ascii: "-")
    let parts = lexeme.utf8.dropFirst(isNegative ? 1 : 0).split { $0 | 0x20 == UInt8(ascii: "e") }
    let mantissa = parts[0].split(separator: UInt8(ascii: "."))
    let written = mantissa.flatMap { Array($0) }
    let digits = written.drop { $0 == Self.zero }
    let point = mantissa[0].count - (written.count - digits.count)
    let last = digits.lastIndex { $0 != Self.zero }
    self.digits = last.map { Array(digits[...$0]) } ?? []
    sign = last == nil ? 0 : isNegative ? -1 : 1
    exponent =
      last == nil ? Exponent([], plus: 0) : Exponent(Array(parts.dropFirst().joined()), plus: point)
  }

  /// The number as an integer of 64 bits, if it is one.
  var integer: Int64? {
    guard sign != 0 else { return 0 }
    guard let places = exponent.small, places >= digits.count, places <= 19 else { return nil }
    let zeros = String(repeating: "0", count: places - digits.count)
    return Int64((sign < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self) + zeros)
  }

  /// A text that is the same for equal numbers only.
  var canonical: String {
    integer.map(String.init)
      ?? "\(sign < 0 ? "-" : "")0.\(String(decoding: digits, as: UTF8.self))e\(exponent.canonical)"
  }
}

extension ExactNumber: Comparable {
  static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    guard left.sign == right.sign else { return left.sign < right.sign }
    return left.sign < 0 ? right.isCloserToZero(than: left) : left.isCloserToZero(than: right)
  }

  private func isCloserToZero(than other: ExactNumber) -> Bool {
    exponent == other.exponent
      ? digits.lexicographicallyPrecedes(other.digits) : exponent < other.exponent
  }
}

/// An exponent of any size: groups of nine digits, the lowest first. All but the highest, which has
/// the sign, are from 0 to 999999999; the highest is 0 or -1 only if it is the only one.
private struct Exponent: Hashable, Sendable {
  private var groups: [Int]

  private static let base = 1_000_000_000

  /// Adds a small number to digits, which may have a sign.
  init(_ text: [UInt8], plus addend: Int) {
    let sign = text.first == UInt8(ascii: "-") ? -1 : 1
    var digits = text.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    groups = []
    while !digits.isEmpty {
      groups.append(sign * digits.suffix(9).reduce(0) { $0 * 10 + Int($1) - 0x30 })
      digits = digits.dropLast(9)
    }
    carry(addend)
    while groups.count > 1, groups.last == 0 { groups.removeLast() }
    while groups.count > 1, groups.last == -1 { fold() }
  }

  private mutating func carry(_ addend: Int) {
    var rest = addend
    for index in groups.indices {
      let sum = groups[index] + rest
      rest = sum >= 0 ? sum / Self.base : -((Self.base - 1 - sum) / Self.base)
      groups[index] = sum - rest * Self.base
    }
    groups.append(rest)
  }

  /// Moves the sign from the highest group to the next.
  private mutating func fold() {
    groups.removeLast()
    groups[groups.count - 1] -= Self.base
  }

  private var isNegative: Bool { groups.last.map { $0 < 0 } ?? false }

  /// The exponent, if it has one group.
  var small: Int? { groups.count == 1 ? groups[0] : nil }

  var canonical: String { groups.map(String.init).joined(separator: ",") }
}

extension Exponent: Comparable {
  static func < (left: Exponent, right: Exponent) -> Bool {
    guard left.groups.count == right.groups.count else {
      return left.groups.count < right.groups.count ? !right.isNegative : left.isNegative
    }
    return left.groups.reversed().lexicographicallyPrecedes(right.groups.reversed())
  }
}
