/// `def name(p: type) = stage | stage`: a macro of stages that later pipelines can call.
package struct Definition: Sendable {
  package let name: Name
  package let parameters: [Parameter]
  package let stages: [Stage]
  package let documentation: String?

  /// `name: type`.
  package struct Parameter: Sendable {
    package let name: Name
    package let type: ValueType
  }
}
