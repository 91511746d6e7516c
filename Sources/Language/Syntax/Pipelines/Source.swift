/// The source of a pipeline's rows.
package struct Source: Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Sendable {
    /// `list [all] [with runtime]`; its `where` becomes the first stage.
    case list(all: Bool, withRuntime: Bool)
    case get([Expression])
    /// `from "file" [as type]`.
    case file(Expression, as: Name?)
    case variable(Name)
    /// `it`: the rows of the previous result.
    case lastResult
    /// A pipeline that begins with `create`: one row without fields, which the first stage turns
    /// into a connection.
    case nothing
    case invalid
  }
}
