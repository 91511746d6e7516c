/// The logical connectives.
package enum LogicalOperator: String, Sendable {
  case or, and
}
