/// The signature of a stage, as the parser and the checker need it.
package struct StageSignature: Sendable {
  package let name: String
  package let summary: String
  package let shape: ArgumentShape
  package let effect: Effect
  /// `true` iff the stage selects rows, so that a write after it doesn't affect the whole list.
  package let narrows: Bool
  /// `true` iff the stage requires rows with a ``Schema/measure``.
  package let measures: Bool
  /// An example pipeline that uses the stage; the tests run it.
  package let example: String
  /// Computes the row type after the stage from the one before it.
  package let flow: @Sendable (RowType, CheckedStage.Arguments) -> RowType

  package init(
    _ name: String, _ shape: ArgumentShape, effect: Effect = .read, narrows: Bool = false,
    measures: Bool = false, summary: String, example: String,
    flow: @escaping @Sendable (RowType, CheckedStage.Arguments) -> RowType = { flow, _ in flow }
  ) {
    self.name = name
    self.summary = summary
    self.shape = shape
    self.effect = effect
    self.narrows = narrows
    self.measures = measures
    self.example = example
    self.flow = flow
  }
}
