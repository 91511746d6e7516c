/// One step of a pipeline, with its arguments in one of the closed set of shapes.
package struct Stage: Sendable {
  package let name: Name
  package let arguments: Arguments
  package let span: SourceSpan

  package enum Arguments: Sendable {
    case none
    /// A diagnostic stands reported here; the rows behind it are of unknown shape.
    case invalid
    case predicate(Expression)
    case count(Expression)
    case columns([Column])
    case sortKeys([SortKey])
    case grouping(Grouping)
    case assignments([Assignment])
    case flags([Name])
    case file(Expression)
    case format(Name?)
    case expectation(Expectation)
    case rows(Source)
    /// The arguments of a definition.
    case invocation([Expression])
  }
}
