/// The static type of the rows between two stages, as far as the text alone determines it.
package struct RowType: Hashable, Sendable {
  package var schema: Schema
  package var bound: RowBound
  /// `true` iff the order of the rows doesn't depend on the server.
  package var isOrdered: Bool
  /// The span of a `list` that no stage has filtered yet.
  var wholeList: SourceSpan?
  /// The stage of the same pipeline that deleted the connections; `nil` if they exist.
  var deletedBy: String?
  /// The stage that wrote to the rows last; `nil` if none did.
  var writtenBy: String?
  /// `true` iff only rows are left whose last write wasn't done.
  var areFailures = false
  /// The reason why the rows of a file aren't connections, for a person.
  var plainReason: String?

  package init(schema: Schema, bound: RowBound, isOrdered: Bool = false) {
    self.schema = schema
    self.bound = bound
    self.isOrdered = isOrdered
  }

  package func with(_ schema: Schema) -> RowType {
    var flow = self
    flow.schema = schema
    return flow
  }

  package func limited(to count: Int) -> RowType {
    var flow = self
    flow.bound = bound.limited(to: count)
    return flow
  }
}
