import Evaluation
import Language

/// Lists the calls of a pipeline without asking the server which rows it selects: one template per
/// write stage. If `get` names the ids and no stage in between can drop a row, there is one
/// concrete call per id instead.
package struct CallTemplates {
  private let pipeline: CheckedPipeline
  private let evaluator: Evaluator
  private let sources: SourceMap

  package init(_ pipeline: CheckedPipeline, _ evaluator: Evaluator, sources: SourceMap) {
    self.pipeline = pipeline
    self.evaluator = evaluator
    self.sources = sources
  }

  package var entries: [CallPrinter.Entry] {
    pipeline.stages.indices.flatMap { entries(at: $0) }
  }

  private func entries(at index: Int) -> [CallPrinter.Entry] {
    let stage = pipeline.stages[index]
    guard let write = stage.write else { return [] }
    let planner = WritePlanner(stage: stage, write: write, evaluator: evaluator)
    if let ids = knownIdentifiers(before: index), planner.isConstant,
      !write.action.definition.creates
    {
      return ids.map { entry(planner, stage, id: $0) }
    }
    return [template(planner, stage, index)]
  }

  /// Returns the ids of `get` if every stage before `index` passes all rows on; otherwise `nil`.
  private func knownIdentifiers(before index: Int) -> [Int64]? {
    guard case .get(let expressions) = pipeline.source.kind,
      pipeline.stages[..<index].allSatisfy(\.passesEveryRow)
    else { return nil }
    return try? Identifiers.values(expressions, evaluator)
  }

  private func entry(_ planner: WritePlanner, _ stage: CheckedStage, id: Int64)
    -> CallPrinter.Entry
  {
    CallPrinter.Entry(
      request: planner.template(id: id, source: sources.text), effect: stage.effect,
      span: stage.span, target: (id, nil))
  }

  private func template(_ planner: WritePlanner, _ stage: CheckedStage, _ index: Int)
    -> CallPrinter.Entry
  {
    let last = index == 0 ? pipeline.source.span : pipeline.stages[index - 1].pipelineSpan
    let selection = SourceSpan(pipeline.span.start, last.end)
    return CallPrinter.Entry(
      request: planner.template(id: nil, source: sources.text), effect: stage.effect,
      span: stage.span, template: selection)
  }
}

extension CheckedStage {
  /// `true` iff the stage neither drops rows nor replaces their connections.
  fileprivate var passesEveryRow: Bool {
    switch operation {
    case .check, .output: true
    case .write(let write): !write.action.definition.creates
    case .rows:
      switch arguments {
      case .sortKeys, .columns: true
      default: false
      }
    case .comparison: false
    }
  }
}
