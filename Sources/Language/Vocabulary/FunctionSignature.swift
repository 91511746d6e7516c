/// What the checker needs to know of a function.
package struct FunctionSignature: Sendable {
  package let name: String
  /// Each parameter by the types it takes.
  package let parameters: [Parameter]
  package let result: Result
  package let summary: String
  /// An expression and its value, run by the tests.
  package let example: (call: String, value: String)
  /// `true` iff the arguments must be known before the run.
  package let takesConstants: Bool

  package enum Parameter: Sendable {
    case type(ValueType)
    case anyOf([ValueType])
    /// A string, a list or anything nullable.
    case anything
    /// A type with an order; all such parameters have the same one.
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
