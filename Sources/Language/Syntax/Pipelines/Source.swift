/// Where the rows of a pipeline come from.
package struct Source: Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Sendable {
    /// `list [all] [with runtime]`; its `where` stands as the first stage.
    case list(all: Bool, withRuntime: Bool)
    case get([Expression])
    case file(Expression)
    case variable(Name)
    /// `it`: the rows of the last result.
    case lastResult
    /// `create …` in first place: one row without fields, which the first stage turns into one.
    case nothing
    case invalid
  }
}
