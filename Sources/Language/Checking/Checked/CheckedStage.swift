/// A checked stage, resolved to its definition and bound to its arguments.
package final class CheckedStage: Sendable {
  package let definition: StageDefinition
  package let arguments: Arguments
  package let meaning: any StageMeaning
  package let effect: Effect
  /// The schema of the input rows.
  package let input: Schema
  /// The schema of the output rows.
  package let output: Schema
  package let span: SourceSpan
  /// The span of the stage in the pipeline: its own, or that of the call that expanded to it.
  package let pipelineSpan: SourceSpan

  /// `call` is the span of the call that expanded to the stage, if one did.
  init(
    _ definition: StageDefinition, _ arguments: Arguments, meaning: any StageMeaning,
    effect: Effect, input: Schema, output: Schema, span: SourceSpan, call: SourceSpan?
  ) {
    self.definition = definition
    self.arguments = arguments
    self.meaning = meaning
    self.effect = effect
    self.input = input
    self.output = output
    self.span = span
    pipelineSpan = call ?? span
  }

  package enum Arguments: Sendable {
    case none
    case predicate(CheckedExpression)
    case count(CheckedExpression)
    case columns([CheckedColumn])
    case sortKeys([CheckedSortKey])
    case grouping(CheckedGrouping)
    case assignments([CheckedAssignment])
    case creation(CheckedCreation)
    case flags(Set<String>)
    case file(CheckedOutputFile)
    case tags([CheckedExpression])
    case format(String?)
    case expectation(CheckedExpectation)
    case rows(CheckedSource)
    case key(CheckedExpression)
  }
}

extension CheckedStage {
  package var name: String { definition.name }

  /// Returns the stage as one to which the call at `span` expanded.
  func called(at span: SourceSpan) -> CheckedStage {
    CheckedStage(
      definition, arguments, meaning: meaning, effect: effect, input: input, output: output,
      span: self.span, call: span)
  }
}

extension CheckedStage.Arguments {
  /// The fields that the stage sets in each connection.
  package var assignments: [CheckedAssignment] {
    switch self {
    case .assignments(let assignments): assignments
    case .creation(let creation): creation.assignments
    default: []
    }
  }

  /// All expressions in the arguments, in text order.
  package var expressions: [CheckedExpression] {
    switch self {
    case .none, .flags, .format, .rows: []
    case .predicate(let value), .count(let value), .key(let value): [value]
    case .file(let file): [file.path]
    case .tags(let values): values
    case .columns(let columns): columns.map(\.value)
    case .sortKeys(let keys): keys.map(\.value)
    case .grouping(let grouping):
      grouping.keys.map(\.value) + grouping.aggregates.compactMap(\.value)
    case .assignments, .creation: assignments.map(\.value)
    case .expectation(let expectation): expectation.expressions
    }
  }
}
