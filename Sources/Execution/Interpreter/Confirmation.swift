import Evaluation
import Planning
import Text

/// Shows the planned writes and asks the user to confirm them.
struct Confirmation {
  /// The plan as it is shown: all rounds of a loop are one part.
  let plan: Plan
  let context: RunContext
  /// The plan as it will be recorded in the journal.
  let proposed: PlanDigest
  let hostName: String
  let seconds: Double
  let sentBefore: Int

  /// Throws with exit 4 unless the user, or `--yes`, confirms the writes.
  func obtain() async throws(RunError) {
    if context.guards.confirmed {
      // Nobody sees the selection.
      guard context.terminal.isInteractive || isBounded else {
        throw missing(context.guards.boundOptions)
      }
      if sentBefore == 0 { context.output.talk(context.workspace) }
      return
    }
    guard context.terminal.isInteractive else { throw missing("--yes") }
    let answer: String?
    if context.guards.agreed?.joiningRounds.showsTheSame(as: plan) == true {
      if case .yes = wanted { return }
      context.output.talk(([context.workspace] + summary).joined(separator: "\n"))
      answer = await context.terminal.ask(wanted.question())
    } else {
      answer = await answerToAll()
    }
    if answer == nil, context.isInterrupted() { throw RunError.interrupted }
    guard let answer, wanted.accepts(answer) else {
      throw RunError(
        .notConfirmed, "not confirmed; nothing \(sentBefore > 0 ? "further " : "")was changed")
    }
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

  // MARK: The question

  /// Shows the writes, as far as the screen has room, and asks. The user may ask for all of them.
  private func answerToAll() async -> String? {
    let (shown, isCut) = table
    context.output.talk(([context.workspace] + shown + [""] + summary).joined(separator: "\n"))
    while true {
      let answer = await context.terminal.ask(wanted.question(offersAll: isCut))
      guard isCut, answer?.lowercased() == ConfirmationChallenge.viewing else { return answer }
      let all = PlanTable(plan).lines(width: columns)
      await context.terminal.view(all.map { $0 + "\n" }.joined())
      context.output.talk(([""] + summary).joined(separator: "\n"))
    }
  }

  /// The table, or its first screenful; `isCut` is `true` iff it isn't complete.
  private var table: (lines: [String], isCut: Bool) {
    let table = PlanTable(plan)
    let lines = table.lines(width: columns)
    guard let room, lines.count > room, !wanted.accepts(ConfirmationChallenge.viewing) else {
      return (lines, false)
    }
    // One line says how many are left out.
    let screenful = table.firstScreen(height: max(Self.minRows, room - 1), width: columns)
    let isBegun = screenful.leftOut == plan.writes.count
    let rest = isBegun ? "…" : "… and \(screenful.leftOut) more"
    return (screenful.lines + [rest], screenful.leftOut > 0)
  }

  /// The rows of the screen beside the workspace, the summary and the question; `nil` for no limit.
  private var room: Int? {
    guard let screen = context.terminal.screen, let rows = screen.rows else { return nil }
    let question = wanted.question(offersAll: true) + "12345678"
    let others = context.workspace.wrapped(to: columns) + [""] + summary
    return max(0, rows - others.count - question.wrapped(to: columns).count)
  }

  private static let minRows = 4

  private var columns: Int? { context.terminal.screen?.columns ?? context.width }

  /// The last lines before the question: the sentences and the duration.
  private var summary: [String] {
    sentence.split(separator: "\n").map(String.init) + ["This takes \(DurationText.text(seconds))."]
  }

  private var sentence: String {
    ([proposed.sentence] + plan.losses + plan.notes + plan.commandNotes).flatMap {
      $0.split(separator: "\n")
    }
    .flatMap { String($0).wrapped(to: columns) }.joined(separator: "\n")
  }

  private var wanted: ConfirmationChallenge {
    context.guards.challenge(for: plan, hostName)
  }
}
