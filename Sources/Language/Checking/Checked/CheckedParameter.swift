/// A declared parameter, with its value if it is known.
package struct CheckedParameter: Sendable {
  package let name: String
  package let type: ValueType
  package let defaultValue: CheckedExpression?
  package let given: Literal?
  package let documentation: String?
  package let span: SourceSpan
}
