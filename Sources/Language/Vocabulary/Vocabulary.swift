/// The open part of the language: the stages and functions that the host program provides.
///
/// The parser and the checker know only shapes and signatures; the meaning of a stage or
/// function is in the host's table, next to its signature.
package struct Vocabulary: Sendable {
  package let stages: [StageDefinition]
  package let functions: [FunctionSignature]
  private let stagesByName: [String: StageDefinition]
  private let functionsByName: [String: FunctionSignature]

  package init(stages: [StageDefinition], functions: [FunctionSignature]) {
    self.stages = stages
    self.functions = functions
    stagesByName = Dictionary(stages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    functionsByName = Dictionary(
      functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func stage(_ name: String) -> StageDefinition? { stagesByName[name] }
  package func function(_ name: String) -> FunctionSignature? { functionsByName[name] }
}
