/// A checked source of rows.
package struct CheckedSource: Sendable {
  package let kind: Kind
  package let schema: Schema
  package let span: SourceSpan
  /// The reason why the rows of a file aren't connections, for a person.
  var plainReason: String?

  /// `true` iff the order of the rows doesn't depend on the server.
  var isOrdered: Bool { if case .list = kind { false } else { true } }

  package enum Kind: Sendable {
    case list(withRuntime: Bool)
    case get([CheckedExpression])
    case file(DataFile)
    case variable(String)
    case lastResult
    case nothing
  }
}
