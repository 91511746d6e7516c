/// The arithmetic operators `+` and `-`.
package enum ArithmeticOperator: String, Sendable {
  case plus = "+"
  case minus = "-"
}
