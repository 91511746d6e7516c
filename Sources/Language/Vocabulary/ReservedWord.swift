/// The words that can't name a field or function in an expression, because an operator or a
/// conditional begins with them.
package enum ReservedWord: String, CaseIterable, Sendable {
  case and, or, not, `in`, has, contains, like, matches, between, `if`, then, `else`
}
