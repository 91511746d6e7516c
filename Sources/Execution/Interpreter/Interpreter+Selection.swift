import API
import Evaluation
import Language
import Planning

/// Evaluates what a pipeline would select, without running it.
extension Interpreter {
  /// Every connection, to explain why a pipeline selected none; `nil` if they can't be listed.
  package mutating func allConnections() async -> [Connection]? {
    if let whole = view.whole { return titled(whole) }
    guard let reader = context.mode.reader, !context.isInterrupted() else { return nil }
    var query = ListQuery()
    query.includesTags = true
    guard let list = try? await view.ask(query, reader, context, &report), list.isComplete else {
      return nil
    }
    return titled(list.connections)
  }

  /// The connections with the titles of their tags, if the run has read the tags.
  private func titled(_ connections: [Connection]) -> [Connection] {
    view.tags.map { tags in connections.map { $0.titled(by: tags) } } ?? connections
  }

  /// Returns the connections that reach the first write, the first stage whose rows are not
  /// connections, or the end of the pipeline; `nil` if it uses unknown values. Sends, shows and saves
  /// nothing.
  package func selection(of pipeline: CheckedPipeline, among connections: [Connection])
    async throws(RunError) -> RowSet?
  {
    guard !environment.readsUnknown(pipeline) else { return nil }
    var copy = self
    copy.context.mode = .planning(SnapshotReader(connections))
    copy.context.output = TalkOnly(rest: nil)
    copy.recorder = nil
    let pushdown = Pushdown(pipeline, copy.evaluator, allowed: false)
    guard let selection = try await copy.source(pipeline, pushdown),
      let others = try await copy.otherRows(pipeline, pushdown)
    else { return nil }
    let first =
      pipeline.stages.firstIndex { $0.effect > .read || !$0.output.areConnections }
      ?? pipeline.stages.endIndex
    let stages = pipeline.stages[..<first].filter { !$0.isOutput }
    return try copy.pass(
      selection.set, through: stages[...], StageReader(others: others)
    ).set
  }
}
