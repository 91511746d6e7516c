/// The signature of a function, as the checker needs it.
package struct FunctionSignature: Sendable {
  package let name: String
  /// The types that each parameter accepts.
  package let parameters: [Parameter]
  package let result: Result
  package let summary: String
  /// An example expression and its value; the tests run it.
  package let example: (call: String, value: String)
  /// `true` iff the arguments must be known before the run.
  package let takesConstants: Bool

  package enum Parameter: Sendable {
    case type(ValueType)
    case anyOf([ValueType])
    /// Any value, but not rows.
    case anything
    /// A sortable type; all parameters of this kind have the same type.
    case ordered
    case rows
  }

  package enum Result: Sendable {
    case type(ValueType)
    /// The type of the first argument.
    case first
  }

  package init(
    _ name: String, _ parameters: [Parameter], _ result: Result, summary: String,
    example: (call: String, value: String), takesConstants: Bool = false
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.summary = summary
    self.example = example
    self.takesConstants = takesConstants
  }
}
