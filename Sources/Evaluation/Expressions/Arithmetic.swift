import Language

/// Adds and subtracts numbers, timestamps and durations.
enum Arithmetic {
  /// Returns `nil` if the result is out of range: 64 bits, or the years 0 to 9999.
  static func result(_ sign: ArithmeticOperator, _ left: Value, _ right: Value) -> Value? {
    switch (left.unwrapped, right.unwrapped) {
    case (.int(let a), .int(let b)): sum(sign, a, b).map(Value.int)
    case (.duration(let a), .duration(let b)):
      sum(sign, a.microseconds, b.microseconds).map { .duration(TimeSpan(microseconds: $0)) }
    case (.timestamp(let a), .duration(let b)), (.duration(let b), .timestamp(let a)):
      sum(sign, a.microseconds, b.microseconds).flatMap(instant)
    case (.timestamp(let a), .timestamp(let b)):
      sum(.minus, a.microseconds, b.microseconds).map { .duration(TimeSpan(microseconds: $0)) }
    default: nil
    }
  }

  private static func sum(_ sign: ArithmeticOperator, _ a: Int64, _ b: Int64) -> Int64? {
    let (value, overflow) =
      sign == .plus ? a.addingReportingOverflow(b) : a.subtractingReportingOverflow(b)
    return overflow ? nil : value
  }

  /// Returns a timestamp in the years 0 to 9999, which ISO 8601 can represent; otherwise `nil`.
  private static func instant(_ microseconds: Int64) -> Value? {
    (-62_167_219_200_000_000...253_402_300_799_999_999).contains(microseconds)
      ? .timestamp(Timestamp(microseconds: microseconds)) : nil
  }
}
