/// The closed set of forms that a stage's arguments take.
package enum ArgumentShape: Hashable, Sendable {
  case none
  case predicate
  case count
  case columns
  case sortKeys
  /// Keys, and for some stages what is computed of each group.
  case grouping(hasAggregates: Bool)
  case assignments(WriteAction)
  case flags([String])
  case file
  case format([String])
  case expectation
  /// Other rows: a variable, the last result or a file.
  case rows
}
