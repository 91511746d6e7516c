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
