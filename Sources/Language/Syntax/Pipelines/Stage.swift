/// One step of a pipeline; its arguments have one of a fixed set of shapes.
package struct Stage: Sendable {
  package let name: Name
  package let arguments: Arguments
  package let span: SourceSpan

  package enum Arguments: Sendable {
    case none
    /// A placeholder for a stage with a reported error; the columns of the rows after it are
    /// unknown.
    case invalid
    case predicate(Expression)
    case count(Expression)
    case columns([Column])
    case sortKeys([SortKey])
    case grouping(Grouping)
    case assignments([Assignment])
    case creation(ExistencePolicy, [Assignment])
    case flags([Name])
    /// The file to write, and whether it may replace an existing one.
    case file(Expression, replaces: Bool)
    case tags([Expression])
    case format(Name?)
    case expectation(Expectation)
    case rows(Source)
    case key(Name)
    /// The arguments of a call to a definition.
    case invocation([Expression])
  }
}
