import Evaluation
import Language
import Text

/// Why a connection is, or is not, among the rows that a pipeline selects: what each stage made of it
/// up to the one that dropped it, or to the first write.
package struct WhyPage: Sendable {
  package let verdict: Verdict
  /// What each stage made of the row, in their order.
  package let steps: [WhyStep]
  private let id: Int64
  private let name: String
  private let pipeline: String

  package enum Verdict: Hashable, Sendable {
    case selected, dropped
    /// The run would end there, whatever becomes of the row.
    case failed
    /// It is not among the rows that the pipeline starts with.
    case missing
    /// It is held against rows that are not at hand.
    case unknown
  }

  /// `listing` is what the source gave, for `get` all that was listed; `environment` knows the
  /// variables of the pipeline; `files` reads the rows that a `diff from "…"` names.
  package init(
    _ pipeline: CheckedPipeline, id: Int64, in listing: Listing, _ environment: Environment,
    sources: SourceMap, files: (String) -> RowSet? = { _ in nil }
  ) {
    self.id = id
    self.pipeline = sources.text(pipeline.span).onOneLine
    let trace = withoutActuallyEscaping(files) { files in
      var trace = RowTrace(id, environment, sources, files: files)
      trace.take(pipeline, listing)
      return (trace.name, trace.verdict, trace.steps)
    }
    (name, verdict, steps) = trace
  }

  /// The page; it ends with a newline. A `width` of `nil` is no limit.
  package func text(style: TextStyle = .plain, width: Int? = nil) -> String {
    let who = name.isEmpty ? "\(id)" : "\(id) (\(name.escapingHiddenCharacters()))"
    let head = "\(who) \(Self.words[verdict] ?? "") \(pipeline)"
    let lines = WhyLayout(style: style, width: width).lines(steps)
    let title = head.wrapped(to: width).map { style.paint($0, .bold) }
    return (title + lines).map { $0 + "\n" }.joined()
  }

  private static let words: [Verdict: String] = [
    .selected: "is selected by", .dropped: "is not selected by",
    .failed: "is not selected, since the run ends early:", .missing: "is not among the rows of",
    .unknown: "may be selected by",
  ]
}
