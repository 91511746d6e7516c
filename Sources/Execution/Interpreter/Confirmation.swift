import Evaluation
import Language
import Planning
import Text

/// Shows the planned writes and asks the user to confirm them.
struct Confirmation {
  let plan: Plan
  let context: RunContext
  /// The plan as it will be recorded in the journal.
  let proposed: PlanDigest
  let hostName: String
  let seconds: Double
  let sentBefore: Int

  private static let maxRows = 20

  /// Throws with exit 4 unless the user, or `--yes`, confirms the writes.
  func obtain() async throws(RunError) {
    if context.guards.confirmed {
      try requireBound()
      if sentBefore == 0 { context.output.talk(context.workspace) }
      return
    }
    guard context.terminal.isInteractive else { throw missing("--yes") }
    if context.guards.agreed?.isSame(as: proposed) == true {
      if case .yes = wanted { return }
      context.output.talk(context.workspace + "\n" + sentence)
    } else {
      context.output.talk(try screen())
    }
    let answer = await context.terminal.ask(wanted.question)
    if answer == nil, context.isInterrupted() { throw RunError.interrupted }
    guard let answer, wanted.accepts(answer) else {
      throw RunError(
        .notConfirmed, "not confirmed; nothing \(sentBefore > 0 ? "further " : "")was changed")
    }
  }

  /// Requires a limit on the number of rows if nobody sees the selection.
  private func requireBound() throws(RunError) {
    guard !context.terminal.isInteractive, !isBounded
    else { return }
    throw missing("--max-writes N or --expect N")
  }

  /// `true` iff every part of the plan has a limit on its rows.
  private var isBounded: Bool { plan.parts.allSatisfy { context.guards.bound($0.bound) } }

  private func missing(_ flag: String) -> RunError {
    let count = plan.writes.count
    return RunError(
      .notConfirmed,
      "\(count.counted("write waits", "writes wait")) for confirmation",
      help: flag == "--yes"
        ? "not a terminal: add --yes"
          + (isBounded
            ? "" : ", and --max-writes N unless the script limits its rows")
        : "without a terminal, the number of rows must be limited: add \(flag), "
          + "or `expect count <= n` to the script")
  }

  private func screen() throws(RunError) -> String {
    let shown = Array(plan.writes.prefix(Self.maxRows))
    let table = try ResultFormat.table.text(
      Self.table(shown), style: context.style, width: context.width)
    let rest = plan.writes.count - shown.count
    let more = rest > 0 ? "… and \(rest) more\n" : ""
    return context.workspace + "\n" + table + more + "\n" + sentence + "\n"
      + "This takes \(DurationText.text(seconds))."
  }

  private var sentence: String {
    ([proposed.sentence] + plan.notes).flatMap { $0.split(separator: "\n") }
      .flatMap { String($0).wrapped(to: context.width) }.joined(separator: "\n")
  }

  private static func table(_ writes: [PlannedWrite]) -> RowSet {
    let columns = ["action", "id", "name", "application", "change"]
    let schema = Schema(
      columns.map { Schema.Column($0, .string, nullable: true) }, areConnections: false)
    return RowSet(schema, writes.map { Row(values: $0.cells) })
  }

  /// The required answer; for a production profile always the host name.
  private var wanted: ConfirmationChallenge {
    context.guards.profile?.isProduction == true ? .host(hostName) : plan.challenge(hostName)
  }
}
