/// A stage of the language: what the parser, the checker and the help need to know of it, and how
/// its checked arguments become a meaning.
package final class StageDefinition: Sendable {
  package let name: String
  package let summary: String
  package let shape: ArgumentShape
  package let effect: Effect
  /// `true` iff the stage selects rows, so that a write after it doesn't affect the whole list.
  package let narrows: Bool
  /// `true` iff the connections no longer exist after the stage.
  package let removes: Bool
  /// `true` iff the stage requires rows with a ``Schema/measure``.
  package let measures: Bool
  /// An example pipeline that uses the stage; the tests run it.
  package let example: String
  private let bind: @Sendable (CheckedStage.Arguments) -> BoundStage?

  /// Defines a stage. `flow` computes the type of the rows after the stage from the type before it,
  /// `meaning` what the stage does; both get the arguments with the type that the shape gives them.
  package init<Value>(
    _ name: String, _ shape: TypedShape<Value>, effect: Effect = .read, narrows: Bool = false,
    removes: Bool = false, measures: Bool = false, summary: String, example: String,
    flow: @escaping @Sendable (RowType, Value) -> RowType = { flow, _ in flow },
    meaning: @escaping @Sendable (Value) -> any StageMeaning
  ) {
    self.name = name
    self.summary = summary
    self.shape = shape.shape
    self.effect = effect
    self.narrows = narrows
    self.removes = removes
    self.measures = measures
    self.example = example
    bind = { arguments in
      shape.value(arguments).map { value in
        BoundStage(meaning: meaning(value)) { flow($0, value) }
      }
    }
  }

  /// Binds checked arguments to the stage.
  ///
  /// The parser reads arguments in the stage's own shape, so they always fit. If they ever didn't,
  /// checking stops here: a stage left out could let all rows through to a write.
  func bound(to arguments: CheckedStage.Arguments) -> BoundStage {
    guard let stage = bind(arguments) else {
      preconditionFailure("the arguments of `\(name)` have another shape")
    }
    return stage
  }
}

/// The work of a stage, with its arguments. The checker keeps it for the code that runs the stage,
/// and doesn't look inside.
package protocol StageMeaning: Sendable {}

/// A stage together with its arguments.
struct BoundStage: Sendable {
  let meaning: any StageMeaning
  /// Computes the type of the rows after the stage from the type before it.
  let flow: @Sendable (RowType) -> RowType
}
