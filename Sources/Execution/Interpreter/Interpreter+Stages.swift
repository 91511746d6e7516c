import API
import Evaluation
import Language
import Planning
import Text

/// Passes rows through the stages that read, and hands rows out.
extension Interpreter {
  /// Passes rows through stages that don't write. `isEmpty` is `true` iff a condition kept no row.
  /// `refusal` is the first failed `expect` of a run that keeps it for the end.
  mutating func pass(
    _ set: RowSet, through stages: ArraySlice<CheckedStage>, _ reader: StageReader
  ) throws(RunError) -> (set: RowSet, isEmpty: Bool, refusal: RunError?) {
    var (set, isEmpty) = (set, false)
    var refusal: RunError?
    for stage in stages {
      if case .output(let output) = stage.operation { try self.output(output, set, stage.span) }
      let before = set
      do throws(RunError) { set = try reader.rows(of: set, behind: stage, evaluator) } catch {
        if refusal == nil { try showCounted(before, stage, error) }
        guard case .check = stage.operation, rehearsal.defersChecks,
          error.exitCode == .guardRefused, rehearsal.uncertainBlocks == 0
        else { throw error }
        refusal = refusal ?? error
      }
      if stage.looksUp { tellDifferences(before, set) }
      if case .predicate = stage.arguments, set.rows.isEmpty { isEmpty = true }
    }
    return (set, isEmpty, refusal)
  }

  /// Reads the rows of the other sources that stages such as `diff` name, and the workspace for
  /// `lookup` and `create`. Returns `nil` if a dry run can't know them.
  mutating func otherRows(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    async throws(RunError) -> [SourceSpan: RowSet]?
  {
    var others: [SourceSpan: RowSet] = [:]
    for stage in pipeline.stages {
      switch stage.operation {
      case .comparison(let source): others[stage.span] = try rows(source)
      case .lookup:
        guard let set = try await workspace(pushdown, stage) else { return nil }
        listing?.workspace = set
        others[stage.span] = set
      case .write(let write) where write.existing != .ignore && !isStepwise:
        others[stage.span] = try await workspace(pushdown, stage)
        if others[stage.span] == nil {
          rehearsal.leaveUnchecked("whether the new connections exist already")
        }
      case .rows, .check, .write, .output: continue
      }
    }
    return others
  }

  /// Lists the workspace for a stage. Returns `nil` in a dry run, which prints the call instead.
  private mutating func workspace(_ pushdown: Pushdown, _ stage: CheckedStage)
    async throws(RunError) -> RowSet?
  {
    guard let list = try await whole(pushdown.workspaceQuery, stage.span) else { return nil }
    if let doubt = list.doubt { throw .uncertain(doubt, stage) }
    return titled(RowSet(list.connections))
  }

  /// Tells how many rows had other values than the connections that were found for them; what was
  /// planned together was told when it was planned.
  private func tellDifferences(_ before: RowSet, _ after: RowSet) {
    let found = Lookup.differences(before, after)
    guard block == nil, found.rows > 0 else { return }
    context.output.talk(
      "\(found.rows.counted("row")) had other values than the workspace, whose values are used: "
        + ListText.listed(found.fields.map { "`\($0)`" }))
  }

  mutating func output(_ output: OutputStage, _ set: RowSet, _ span: SourceSpan) throws(RunError) {
    switch output {
    case .show(let form): try show(set, as: form)
    case .chart:
      let writer = ChartWriter(
        style: context.style, width: context.width ?? ChartWriter.standardWidth,
        glyphs: context.glyphs)
      context.output.data(writer.text(set))
    case .save(let target): try save(set, to: target, span)
    }
  }

  mutating func show(_ set: RowSet, as form: ShowForm?) throws(RunError) {
    let form = form ?? .format(context.format)
    let text = try form.text(set, style: context.style, width: context.width)
    context.output.data(form == .format(.csv) ? csv.continued(text) : text)
  }

  /// Shows the first rows that a failed `expect` has counted.
  private func showCounted(_ set: RowSet, _ stage: CheckedStage, _ error: RunError) throws(RunError)
  {
    guard error.exitCode == .guardRefused, case .check(let expectation) = stage.operation
    else { return }
    let rows = try ExpectCheck.counted(by: expectation.kind, set.rows, evaluator)
    guard !rows.isEmpty else { return }
    let first = RowSet(set.schema, Array(rows.prefix(Self.maxCounted)))
    let which = rows.count > Self.maxCounted ? "the first \(Self.maxCounted) of " : ""
    let condition =
      switch expectation.kind {
      case .count: ""
      case .all: rows.count == 1 ? " that doesn't match" : " that don't match"
      case .none: rows.count == 1 ? " that matches" : " that match"
      }
    context.output.talk("`expect` counted \(which)\(rows.count.counted("row"))\(condition):")
    context.output.talk(
      String(try ResultFormat.table.text(first, width: context.width).dropLast()))
  }

  private static let maxCounted = 10
}

extension RunError {
  /// A row's connection must be the only one with its key, which an incomplete list can't show.
  fileprivate static func uncertain(_ doubt: String, _ stage: CheckedStage) -> RunError {
    RunError(
      .guardRefused,
      "`\(stage.name)` needs the complete list, but it may be incomplete: \(doubt)",
      help: stage.looksUp
        ? "give the rows an `id`, and write to them without `lookup`"
        : "`create always …` makes a connection whatever exists", at: stage.span)
  }
}
