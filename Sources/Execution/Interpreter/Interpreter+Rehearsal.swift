import API
import Evaluation
import Language
import Planning
import Text

/// Shows and judges the writes of a run that sends none: a dry run, a preview, or the making of a plan.
extension Interpreter {
  /// Shows the changes of a preview: to a reader as in the question, or as data. Calls as JSON are for
  /// programs, so that the text for a reader doesn't go between them. Those of a loop are shown together
  /// at its end.
  mutating func showChanges(_ part: Plan.Part) throws(RunError) {
    guard case .preview(let printer, _) = context.mode, !part.writes.isEmpty, rehearsal.loops == 0
    else { return }
    let table = ChangeTable(part.writes)
    if let format = context.changesFormat {
      let text = try table.text(format, style: context.style, width: context.width)
      context.output.data(format == .csv ? csv.continued(text) : text)
    } else {
      let lines = table.lines(width: context.width)
      if printer?.form == .json {
        lines.forEach(context.output.talk)
      } else {
        context.output.data(lines.map { $0 + "\n" }.joined())
      }
    }
    context.output.talk(part.sentence.escapingHiddenCharacters())
  }

  /// Shows the changes of a loop, whose parts of the plan begin at `first`.
  mutating func showRounds(from first: Int) throws(RunError) {
    guard rehearsal.loops == 0 else { return }
    let plan = Plan(Array(rehearsal.plan.parts[first...]))
    for part in plan.joiningRounds.parts { try showChanges(part) }
  }

  func printCalls(_ text: String) { (context.callOutput ?? context.output).data(text) }

  // MARK: Guards

  /// Judges the writes of a pipeline as a real run would. A dry run judges what is known without the
  /// server.
  mutating func judge(
    _ plan: PipelinePlan, among listed: [Connection]?, _ pipeline: CheckedPipeline
  ) {
    let part = plan.part
    if rehearsal.uncertainBlocks == 0 { rehearsal.refuse(plan.refusal) }
    noteConfirmation(part.writes.isEmpty ? nil : part.bound)
    if isDryRun { return judge(part, among: listed, at: pipeline.span) }
    rehearsal.plan.parts.append(part)
    let gate = gate
    rehearsal.refuse(
      .thrown { () throws(RunError) in
        try gate.requireUnprotected(part.writes, among: listed, at: pipeline.span)
      })
  }

  /// Judges a pipeline whose rows only the server knows.
  mutating func judge(_ templates: CallTemplates, _ pipeline: CheckedPipeline) {
    guard pipeline.writes else { return }
    noteConfirmation(pipeline.selectionBound)
    let known = templates.known
    let part = Plan.Part(
      location: ScriptLocation(pipeline.span, context.sources), selected: known.selected ?? 0,
      population: nil, writes: known.writes)
    judge(
      part, among: nil, isSelectionKnown: known.selected != nil, areAllKnown: known.areAll,
      at: pipeline.span)
    if context.guards.failsOnEmpty, known.selected == nil {
      rehearsal.leaveUnchecked("--fail-on-empty")
    }
  }

  private mutating func judge(
    _ part: Plan.Part, among listed: [Connection]?, isSelectionKnown: Bool = true,
    areAllKnown: Bool = true, at span: SourceSpan
  ) {
    let (guards, gate) = (context.guards, gate)
    // An update of a connection that isn't listed may turn out to be unnecessary.
    var certain = part
    certain.writes.removeAll { listed == nil && !$0.isNeverSkipped }
    let isCertain = rehearsal.uncertainBlocks == 0
    let isCounted = isCertain && areAllKnown && certain.writes.count == part.writes.count
    let areListed = listed != nil || part.writes.allSatisfy(\.creates)
    if isCertain { rehearsal.plan.parts.append(certain) }
    if !isCounted { rehearsal.leaveUnchecked(guards.countText) }
    if !isCounted || listed == nil { rehearsal.leaveUnchecked(guards.percentText) }
    judge(isCertain && isSelectionKnown, guards.selectionText) { () throws(RunError) in
      try guards.checkSelection(Plan([part]))
    }
    judge(isCounted && areListed, guards.protectionText) { () throws(RunError) in
      try gate.requireUnprotected(part.writes, among: listed, at: span)
    }
  }

  /// Makes a check if everything is known for it; otherwise notes its `text`.
  private mutating func judge(
    _ isKnown: Bool, _ text: String?, _ check: () throws(RunError) -> Void
  ) {
    if isKnown {
      rehearsal.refuse(.thrown(by: check))
    } else {
      rehearsal.leaveUnchecked(text)
    }
  }

  private mutating func noteConfirmation(_ bound: RowBound?) {
    guard let bound else { return }
    rehearsal.writes = true
    rehearsal.isUnbounded = rehearsal.isUnbounded || !context.guards.bound(bound)
  }

  // MARK: The verdict

  /// `true` iff everything was planned, and a guard would refuse it.
  package var isRefused: Bool { rehearsal.refusal != nil }

  /// Reports what isn't checked, and throws what would refuse a real run.
  mutating func concludeRehearsal() throws(RunError) {
    guard !isLive else { return }
    let (guards, rehearsed) = (context.guards, rehearsal)
    rehearsal.refuse(.thrown { () throws(RunError) in try rehearsed.check(guards, isDryRun) })
    judgeTime()
    if case .preview = context.mode, rehearsal.defersChecks, numbered == 0 {
      context.output.talk(report.reasonForNothing)
    }
    for text in rehearsal.unchecked { context.output.talk("not checked: \(text)") }
    if let refusal = rehearsal.refusal { throw refusal }
    if let note = confirmationNote { context.output.talk(note) }
  }

  private mutating func judgeTime() {
    guard rehearsal.writes, context.execution.deadline != nil else { return }
    guard !isDryRun, let seconds = context.forecast?(rehearsal.plan.writes.calls) else {
      return rehearsal.leaveUnchecked("--deadline")
    }
    let gate = gate
    rehearsal.refuse(.thrown { () throws(RunError) in try gate.requireTime(seconds) }?.asRefusal)
  }

  /// A note on the options without which a real run would end with exit 4.
  private var confirmationNote: String? {
    guard rehearsal.writes, !isPlanning, !context.terminal.isInteractive else { return nil }
    let limit = context.guards.boundOptions
    let missing = [
      context.guards.confirmed ? nil : "--yes", rehearsal.isUnbounded ? limit : nil,
    ].compactMap { $0 }
    if missing.isEmpty { return nil }
    return "note: without a terminal, the run also needs \(missing.joined(separator: ", and "))"
  }
}

extension PlannedWrite {
  /// `true` iff the call is sent whatever the connection is like.
  fileprivate var isNeverSkipped: Bool {
    switch definition.proof {
    case .newConnection, .state: true
    case .fields, .contents: false
    }
  }
}
