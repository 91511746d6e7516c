import Evaluation
import Language

/// The plan of one pipeline: its writes and, for carrying them out, the decision on each row that
/// reached a write stage when every write was assumed to succeed.
package struct PipelinePlan: Sendable {
  package var part: Plan.Part
  /// One element per write stage, in order.
  package internal(set) var stages: [Stage] = []
  /// The rows that the pipeline shows or saves if every write succeeds.
  package internal(set) var outputs: [(stage: OutputStage, rows: RowSet, span: SourceSpan)] = []
  /// The first failed `expect` of a plan that isn't carried out by the script itself.
  package internal(set) var refusal: RunError?
  /// The rows at the end of the pipeline if every write succeeds.
  package internal(set) var rows: RowSet

  /// The decisions on the rows of one write stage.
  package struct Stage: Sendable {
    /// By the plan's id of the row's connection; the first is for the first such row.
    private var decisions: [Int64?: [WritePlanner.Decision]] = [:]

    mutating func add(_ decision: WritePlanner.Decision, for id: Int64?) {
      decisions[id, default: []].append(decision)
    }

    /// Returns and removes the decision on a row; `nil` if no such row was planned for.
    package mutating func removeFirst(for id: Int64?) -> WritePlanner.Decision? {
      guard let first = decisions[id]?.first else { return nil }
      decisions[id]?.removeFirst()
      return first
    }
  }
}
