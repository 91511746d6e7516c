import Language

/// The work that a stage does when it runs, with its arguments.
package enum StageOperation: StageMeaning {
  /// Turns rows into rows, without side effects.
  case rows(@Sendable (RowSet, Evaluator) throws(RunError) -> [Row])
  /// Compares the rows with those of this source.
  case comparison(CheckedSource)
  /// Puts the connection of the workspace beside each row, by the value of this field.
  case lookup(CheckedExpression)
  /// Fails the run if the rows are not as expected.
  case check(CheckedExpectation)
  /// Sends one call per row, and turns rows into outcome rows.
  case write(WriteStage)
  /// Shows the rows or saves them to a file, and passes them on.
  case output(OutputStage)
}

/// A stage that hands its rows out and passes them on unchanged.
package enum OutputStage: Sendable {
  /// Shows the rows; in the run's format without a form of its own.
  case show(ShowForm?)
  case save(CheckedOutputFile)
  case chart
}

extension CheckedStage {
  /// The work that the stage does.
  ///
  /// All stages that this program checks are those of ``StageDefinition/table``, whose meanings are
  /// all of this type. If one weren't, the program stops: a stage must never be skipped, because the
  /// rows it should have dropped would reach a write.
  package var operation: StageOperation {
    guard let operation = meaning as? StageOperation else {
      preconditionFailure("`\(name)` has a meaning that nothing can run")
    }
    return operation
  }
}
