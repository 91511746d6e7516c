/// The logical connectives.
package enum LogicalOperator: String, Sendable {
  case or, and

  var keyword: Keyword { self == .or ? .or : .and }
}
