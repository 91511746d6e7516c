import API
import ConnectionsClient
import Evaluation
import Language
import Planning

/// Reads the workspace's tags, once per run, when the first pipeline needs them.
extension Interpreter {
  /// Makes the tags known that the pipeline names. Throws with exit 5 if one doesn't exist, even if
  /// the pipeline selects no rows.
  mutating func readTags(for pipeline: CheckedPipeline) async throws(RunError) {
    let named = pipeline.stages.compactMap(\.write).map(\.tags).filter { !$0.isEmpty }
    guard !named.isEmpty else { return }
    try await readTags(at: pipeline.span)
    for tags in named where !tags.contains(where: environment.readsUnknown) {
      _ = try evaluator.tags(tags)
    }
  }

  private mutating func readTags(at span: SourceSpan) async throws(RunError) {
    guard view.tags == nil, !view.hasPrintedTags else { return }
    if case .dryRun = context.mode {
      view.hasPrintedTags = true
      return show(CallPrinter.Entry(.tags(page: 1), effect: .read, span: span))
    }
    guard let reader = context.tagReader else {
      throw RunError(.internalError, "nothing can read the tags", at: span)
    }
    try await view.readTags(reader, context, &recorder, &report, at: span)
  }
}

extension WorkspaceView {
  /// Reads the tags. A resumed run uses the recorded ones.
  fileprivate mutating func readTags(
    _ reader: any TagReader, _ context: RunContext, _ recorder: inout RunJournal?,
    _ report: inout RunReport, at span: SourceSpan
  ) async throws(RunError) {
    if let recorded = try recorder?.replay.recordedTags() {
      tags = TagDirectory(recorded)
      return
    }
    let answer = try await ask(reader, context, &report, at: span)
    if context.mode.isLive, context.isInterrupted() { throw RunError.interrupted }
    do { try recorder?.keep(answer) } catch {
      throw RunError(.internalError, "can't record the run: \(error.message)", at: span)
    }
    tags = TagDirectory(answer)
  }

  private mutating func ask(
    _ reader: any TagReader, _ context: RunContext, _ report: inout RunReport,
    at span: SourceSpan
  ) async throws(RunError) -> [Tag] {
    var patience = RunRetryPolicy(context, budget)
    defer { budget = patience.budget }
    do {
      let tags = try await reader.tags(&patience)
      report.lists += tags.count / Request.tagsPerPage + 1
      return tags
    } catch {
      if context.isInterrupted() { throw RunError.interrupted }
      throw RunError(error, at: span)
    }
  }
}
