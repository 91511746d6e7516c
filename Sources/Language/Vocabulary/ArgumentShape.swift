/// The fixed set of shapes that the arguments of a stage can have.
package enum ArgumentShape: Hashable, Sendable {
  case none
  case predicate
  case count
  case columns
  case sortKeys
  /// Keys and, for some stages, aggregates of each group.
  case grouping(hasAggregates: Bool)
  /// Fields with new values.
  case assignments
  /// Fields of a new connection, and what happens if it exists.
  case creation
  case flags([String])
  case file
  /// Tags, by title or handle.
  case tags
  case format([String])
  case expectation
  /// Other rows: a variable, the previous result or a file.
  case rows
  /// One of these fields, by which rows are found.
  case key([String])
}
