import Evaluation
import Language
import Text

/// Explains why a pipeline selects a connection, or doesn't: the effect of each stage on it, up to
/// the stage that dropped it or the first write.
///
/// The page runs the real stages on the real rows and evaluates conditions with the same evaluator
/// as a run, so the explanation can't disagree with what a run does.
package struct WhyPage: Sendable {
  package let verdict: Verdict
  /// The effects of the stages on the row, in order.
  package let steps: [WhyStep]
  private let id: Int64
  private let name: String
  private let pipeline: String

  package enum Verdict: Hashable, Sendable {
    case selected, dropped
    /// The run would end at a stage, whatever happens to the row.
    case failed
    /// The connection is not among the rows that the pipeline starts with.
    case missing
    /// The row is compared with rows that are not available.
    case unknown
  }

  /// Traces the connection `id`. `listing` contains the source's rows; for `get`, everything that
  /// was listed. `environment` holds the variables of the pipeline. `files` reads the rows that a
  /// `diff from "…"` names.
  package init(
    _ pipeline: CheckedPipeline, id: Int64, in listing: Listing, _ environment: Environment,
    sources: SourceMap, files: (DataFile) -> RowSet? = { _ in nil }
  ) {
    self.id = id
    self.pipeline = sources.text(pipeline.span).onOneLine
    let trace = withoutActuallyEscaping(files) { files in
      var trace = RowTrace(id, environment, sources, files: files)
      trace.trace(pipeline, listing)
      return (trace.name, trace.verdict, trace.steps)
    }
    (name, verdict, steps) = trace
  }

  /// Returns the page, ending with a newline. A `width` of `nil` means no limit.
  package func text(style: TextStyle = .plain, width: Int? = nil) -> String {
    let who = name.isEmpty ? "\(id)" : "\(id) (\(name.escapingHiddenCharacters()))"
    let head = "\(who) \(Self.verbs[verdict] ?? "") \(pipeline)"
    let lines = WhyLayout(style: style, width: width).lines(steps)
    let title = head.wrapped(to: width).map { style.paint($0, .bold) }
    return (title + lines).map { $0 + "\n" }.joined()
  }

  private static let verbs: [Verdict: String] = [
    .selected: "is selected by", .dropped: "is not selected by",
    .failed: "is not selected because the run ends early:", .missing: "is not among the rows of",
    .unknown: "may be selected by",
  ]
}
