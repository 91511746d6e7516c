import Evaluation
import Execution
import Language

/// Says what a line would do, from its text and from the workspace as it was last listed. Nothing is
/// sent.
struct LinePreview: Sendable {
  let analysis: Analysis
  let interpreter: Interpreter
  let listing: WorkspaceListing.Contents

  /// A line for each pipeline, or the first error.
  func text() async -> String {
    guard let script = analysis.script else { return problem }
    let pipelines = script.statements.flatMap(\.pipelines)
    guard !pipelines.isEmpty else { return "read: nothing is listed" }
    var lines: [String] = []
    for pipeline in pipelines { lines.append(await line(pipeline)) }
    return lines.joined(separator: "\n")
  }

  private var problem: String {
    let error = analysis.diagnostics.first(where: \.isError)
    return "not ready: " + (error?.message ?? "the statement is not whole")
  }

  /// `destructive, unbounded: 12 of the 58 connections that were listed 3 min ago`.
  private func line(_ pipeline: CheckedPipeline) async -> String {
    let rows = pipeline.selectionBound == .atMost(1) ? "row" : "rows"
    return "\(pipeline.effect.name), \(pipeline.selectionBound) \(rows)\(await matches(pipeline))"
  }

  private func matches(_ pipeline: CheckedPipeline) async -> String {
    guard pipeline.rounds == .atMost(1), pipeline.source.readsWorkspace else { return "" }
    guard let time = listing.time else { return "; nothing has been listed yet" }
    let count = listing.connections.count
    let whole = listing.isWhole ? "" : ", which are not all"
    do throws(RunError) {
      guard
        let found = try await interpreter.selection(of: pipeline, among: listing.connections)
      else { return "" }
      return ": \(found.rows.count) of the \(count) connections that were listed "
        + Age.words(since: time) + whole
    } catch {
      return ": \(error.message)"
    }
  }
}

extension CheckedSource {
  fileprivate var readsWorkspace: Bool {
    switch kind {
    case .list, .get: true
    default: false
    }
  }
}
