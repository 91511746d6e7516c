/// What flows from stage to stage as far as the text alone says.
package struct RowType: Hashable, Sendable {
  package var schema: Schema
  package var bound: RowBound
  /// `true` iff the order of the rows is not the server's choice.
  package var isOrdered: Bool
  /// The `list` that nothing has narrowed so far.
  var wholeList: SourceSpan?

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
