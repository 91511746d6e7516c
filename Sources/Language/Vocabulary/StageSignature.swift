/// What the parser and the checker need to know of a stage.
package struct StageSignature: Sendable {
  package let name: String
  package let summary: String
  package let shape: ArgumentShape
  package let effect: Effect
  /// `true` iff the stage picks rows, so that a write behind it was meant for some of them.
  package let narrows: Bool
  /// `true` iff the stage reads the rows' ``Schema/measure``, so that they must have one.
  package let measures: Bool
  /// A pipeline that uses the stage, run by the tests.
  package let example: String
  /// What the stage makes of schema and bound.
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
