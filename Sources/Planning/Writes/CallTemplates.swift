import Evaluation
import Language

/// Plans the writes of a pipeline without asking the server which rows it selects: one template per
/// write stage. If `get` names the ids and no stage in between can drop a row, there are the writes of
/// these ids instead.
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
    if let known = knownWrites(at: index) { return known.calls.map { CallPrinter.Entry($0) } }
    let planner = WritePlanner(stage, write, evaluator, sources)
    let template = PlannedCall(planner.template(id: nil))
    return [CallPrinter.Entry(template, template: selection(before: index))]
  }

  /// The writes that are known without the server, whether they are all, and the number of rows that
  /// reach the first write stage, if it is known.
  package var known: (writes: [PlannedWrite], areAll: Bool, selected: Int?) {
    let writing = pipeline.stages.indices.filter { pipeline.stages[$0].write != nil }
    let known = writing.map(knownWrites)
    let selected = writing.first.flatMap { knownIdentifiers(before: $0)?.count }
    return (known.compactMap { $0 }.flatMap { $0 }, !known.contains { $0 == nil }, selected)
  }

  private func knownWrites(at index: Int) -> [PlannedWrite]? {
    let stage = pipeline.stages[index]
    guard let write = stage.write, !write.action.definition.creates,
      let ids = knownIdentifiers(before: index)
    else { return nil }
    let planner = WritePlanner(stage, write, evaluator, sources)
    return planner.isConstant ? ids.map { planner.template(id: $0) } : nil
  }

  /// Returns the ids of `get` if every stage before `index` passes all rows on; otherwise `nil`.
  private func knownIdentifiers(before index: Int) -> [Int64]? {
    guard case .get(let expressions) = pipeline.source.kind,
      pipeline.stages[..<index].allSatisfy(\.passesEveryRow)
    else { return nil }
    return try? Identifiers.values(expressions, evaluator)
  }

  /// The part of the pipeline that selects the rows of a stage.
  private func selection(before index: Int) -> SourceSpan {
    let last = index == 0 ? pipeline.source.span : pipeline.stages[index - 1].pipelineSpan
    return SourceSpan(pipeline.span.start, last.end)
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
    case .comparison, .lookup: false
    }
  }
}
