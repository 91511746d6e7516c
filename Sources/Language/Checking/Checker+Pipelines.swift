/// Checks pipelines: follows columns, bounds and effects from the source through the stages.
extension Checker {
  /// Returns the checked pipeline, and the warnings that apply if its rows are changed.
  mutating func pipeline(_ pipeline: Pipeline) -> (CheckedPipeline, doubts: [Diagnostic]) {
    root = scope.variables
    let source = source(pipeline.source)
    var flow = flow(of: pipeline.source, source)
    var stages: [FlowingStage] = []
    stages.reserveCapacity(pipeline.stages.count)
    for stage in pipeline.stages { append(stage, to: &stages, &flow, within: []) }
    let checked = stages.compactMap(\.checked)
    let selection = selection(stages, of: knownRows(pipeline.source))
    requireNarrowing(checked, selection)
    refuseLateLookup(checked)
    if selection.written != nil { selection.doubts.forEach { report($0) } }
    return (
      CheckedPipeline(
        source: source, stages: checked, flow: flow, effect: checked.map(\.effect).max() ?? .read,
        selectionBound: (selection.written ?? flow).bound.times(rounds), rounds: rounds,
        span: pipeline.span, negatedNullables: selection.negatedNullables),
      selection.doubts
    )
  }

  /// The known facts about the rows that reach the first write.
  private struct Selection {
    var doubts: [Diagnostic]
    var negatedNullables: Set<String>
    /// The type of the rows that reach the write; `nil` if nothing writes.
    var written: RowType?
  }

  private func selection(_ stages: [FlowingStage], of rows: KnownRows?) -> Selection {
    var selection = Selection(
      doubts: rows?.doubts ?? [], negatedNullables: rows?.negatedNullables ?? [])
    for stage in stages {
      guard let checked = stage.checked else { continue }
      if checked.effect > .read {
        selection.written = stage.input
        break
      }
      let negations = checked.negatedNullables
      selection.doubts += doubts(of: checked, negations, written: stage.written, stage.input)
      for negation in negations { selection.negatedNullables.formUnion(negation.fields) }
    }
    return selection
  }

  private func flow(of source: Source, _ checked: CheckedSource) -> RowType {
    if var rows = knownRows(source)?.flow {
      rows.deletedBy = nil
      return rows
    }
    var flow = RowType(
      schema: checked.schema, bound: bound(of: checked), isOrdered: checked.isOrdered)
    if case .list(all: false, _) = source.kind { flow.wholeList = source.span }
    flow.plainReason = checked.plainReason
    return flow
  }

  /// Reports a write to an unfiltered list that isn't spelled `list all`.
  private mutating func requireNarrowing(_ stages: [CheckedStage], _ selection: Selection) {
    guard let list = selection.written?.wholeList, selection.written?.schema.isOpen == false,
      let write = stages.first(where: { $0.effect > .read })
    else { return }
    report(.unnarrowedWrite(list, write))
  }

  /// Reports a lookup after a write: the list that it needs is read before the pipeline's writes.
  private mutating func refuseLateLookup(_ stages: [CheckedStage]) {
    guard let write = stages.firstIndex(where: { $0.effect > .read }) else { return }
    for stage in stages[write...] {
      guard case .key = stage.arguments else { continue }
      report(.lateLookup(stage, stages[write]))
    }
  }
}

extension Diagnostic {
  static func unnarrowedWrite(_ list: SourceSpan, _ stage: CheckedStage) -> Diagnostic {
    Diagnostic(
      "C0301", "`\(stage.name)` would change every connection in the workspace", at: list,
      label: "nothing narrows this list",
      help: [
        "write `list where … | \(stage.name)`, or `list all` if you mean every connection"
      ])
  }

  fileprivate static func lateLookup(_ stage: CheckedStage, _ write: CheckedStage) -> Diagnostic {
    Diagnostic(
      "C0311", "`\(stage.name)` after `\(write.name)`", at: stage.span,
      label: "the workspace is listed before the pipeline's first write",
      help: ["look the rows up before `\(write.name)`, or in a pipeline of its own"])
  }
}
