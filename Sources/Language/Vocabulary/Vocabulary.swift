/// The open part of the language: the stages and functions that a host puts on the table.
///
/// The parser and the checker know shapes and signatures; what a stage or function does stands in
/// the host's table element, beside its signature.
package struct Vocabulary: Sendable {
  package let stages: [StageSignature]
  package let functions: [FunctionSignature]
  private let stagesByName: [String: StageSignature]
  private let functionsByName: [String: FunctionSignature]

  package init(stages: [StageSignature], functions: [FunctionSignature]) {
    self.stages = stages
    self.functions = functions
    stagesByName = Dictionary(stages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    functionsByName = Dictionary(
      functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func stage(_ name: String) -> StageSignature? { stagesByName[name] }
  package func function(_ name: String) -> FunctionSignature? { functionsByName[name] }
}

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
  package let flow: @Sendable (Flow, CheckedStage.Arguments) -> Flow

  package init(
    _ name: String, _ shape: ArgumentShape, effect: Effect = .read, narrows: Bool = false,
    measures: Bool = false, summary: String, example: String,
    flow: @escaping @Sendable (Flow, CheckedStage.Arguments) -> Flow = { flow, _ in flow }
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

/// The closed set of forms that a stage's arguments take.
package enum ArgumentShape: Hashable, Sendable {
  case none
  case predicate
  case count
  case columns
  case sortKeys
  /// Keys, and for some stages what is computed of each group.
  case grouping(hasAggregates: Bool)
  case assignments(WriteAction)
  case flags([String])
  case file
  case format([String])
  case expectation
  /// Other rows: a variable, the last result or a file.
  case rows
}

/// What flows from stage to stage as far as the text alone says.
package struct Flow: Hashable, Sendable {
  package var schema: Schema
  package var bound: RowBound
  /// `true` iff the order of the rows is not the server's choice.
  package var isOrdered: Bool
  /// The `list` that nothing has narrowed so far.
  var wholeList: SourceSpan?

  package init(schema: Schema, bound: RowBound, isOrdered: Bool = false) {
    self.schema = schema
    self.bound = bound
    self.isOrdered = isOrdered
  }

  package func with(_ schema: Schema) -> Flow {
    var flow = self
    flow.schema = schema
    return flow
  }

  package func limited(to count: Int) -> Flow {
    var flow = self
    flow.bound = bound.limited(to: count)
    return flow
  }
}

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
