/// `param name: type [= default]  ## documentation`.
package struct ParameterDeclaration: Sendable {
  package let name: Name
  package let type: ValueType
  package let defaultValue: Expression?
  package let documentation: String?
}
