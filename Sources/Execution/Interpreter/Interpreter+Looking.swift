import API
import Evaluation
import Language
import Planning

/// What a pipeline would select, told before it is run.
extension Interpreter {
  /// Returns the connections that reach the first write of the pipeline, or the first stage that makes
  /// other rows of them, or its end; `nil` where its names are not known. Nothing is sent, shown or
  /// saved.
  package func selection(of pipeline: CheckedPipeline, among connections: [Connection])
    async throws(RunError) -> RowSet?
  {
    guard !environment.readsUnknown(pipeline) else { return nil }
    var copy = self
    copy.context.mode = .planning(SnapshotReader(connections))
    copy.context.output = Silence()
    copy.recorder = nil
    let pushdown = Pushdown(pipeline, copy.evaluator, allowed: false)
    guard let selection = try await copy.source(pipeline, pushdown) else { return nil }
    let first =
      pipeline.stages.firstIndex { $0.effect > .read || !$0.output.areConnections }
      ?? pipeline.stages.endIndex
    var nobody = RehearsingHand()
    return try await copy.pass(
      selection.set, through: pipeline.stages[..<first], &nobody, isRehearsal: true)
  }
}

/// Says nothing.
private struct Silence: Output {
  var showsProgress: Bool { false }
  func data(_ text: String) {}
  func talk(_ line: String) {}
  func progress(_ line: String) {}
}
