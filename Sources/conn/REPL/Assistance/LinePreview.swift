import Evaluation
import Execution
import Language
import Text

/// Predicts what a line would do from its text and the last list; sends nothing.
struct LinePreview: Sendable {
  let analysis: Analysis
  let interpreter: Interpreter
  let listing: WorkspaceListing.Contents
  let now: Timestamp

  /// Returns one line for each pipeline, or the first error.
  func text() async -> String {
    guard let script = analysis.script else { return problem }
    let pipelines = script.statements.flatMap(\.pipelines)
    guard !pipelines.isEmpty else { return "read: no list is needed" }
    var lines: [String] = []
    for pipeline in pipelines { lines.append(await line(pipeline)) }
    return lines.joined(separator: "\n")
  }

  private var problem: String {
    let error = analysis.diagnostics.first(where: \.isError)
    return "not ready: " + (error?.message ?? "the statement is incomplete")
  }

  /// One pipeline's line, such as
  /// `destructive – matches 12 of 58 connections (listed 3 min ago); no row limit`.
  private func line(_ pipeline: CheckedPipeline) async -> String {
    let limit =
      switch pipeline.selectionBound {
      case .unbounded: "no row limit"
      case .atMost(let count): "at most \(count.counted("row"))"
      }
    return "\(pipeline.effect.name)\(await matches(pipeline)); \(limit)"
  }

  private func matches(_ pipeline: CheckedPipeline) async -> String {
    guard pipeline.rounds == .atMost(1), pipeline.source.readsWorkspace else { return "" }
    guard let time = listing.time else { return " – nothing has been listed yet" }
    let count = listing.connections.count
    let list = listing.isWhole ? "listed" : "partly listed"
    do throws(RunError) {
      guard
        let found = try await interpreter.selection(of: pipeline, among: listing.connections)
      else { return "" }
      return " – matches \(found.rows.count) of \(count.counted("connection")) (\(list) "
        + "\(Age.text(since: time, at: now)))"
    } catch {
      return " – \(error.message)"
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
