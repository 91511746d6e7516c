import ConnectionsClient
import Language

/// Shows a person what will be done, and asks.
struct Confirmation {
  let plan: WritePlan
  let context: RunContext
  /// The plan in few words.
  let proposed: RecordedPlan
  let hostName: String
  let seconds: Double
  let sentBefore: Int

  private static let mostRows = 20

  /// Throws with exit 4 unless the writes may be sent.
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
    if answer == nil, context.isInterrupted() { throw Interpreter.interruption }
    guard let answer, wanted.accepts(answer) else {
      throw RunError(
        .notConfirmed, "not confirmed; nothing \(sentBefore > 0 ? "further " : "")was changed")
    }
  }

  /// Where no person sees the selection, something must bound it.
  private func requireBound() throws(RunError) {
    guard !context.terminal.isInteractive, !context.guards.bound(plan.bound)
    else { return }
    throw missing("--max-writes N or --expect N")
  }

  private func missing(_ flag: String) -> RunError {
    let count = plan.writes.count
    return RunError(
      .notConfirmed,
      count == 1 ? "1 write waits for confirmation" : "\(count) writes wait for confirmation",
      help: flag == "--yes"
        ? "this is not a terminal: add --yes"
          + (context.guards.bound(plan.bound)
            ? "" : ", and --max-writes N unless the script bounds its rows")
        : "without a terminal the number of rows must be bounded: add \(flag), "
          + "or `expect count <= n` to the script")
  }

  private func screen() throws(RunError) -> String {
    let shown = Array(plan.writes.prefix(Self.mostRows))
    let table = try ResultFormat.table.text(
      Self.table(shown), style: context.style, width: context.width)
    let rest = plan.writes.count - shown.count
    let more = rest > 0 ? "… and \(rest) more\n" : ""
    return context.workspace + "\n" + table + more + "\n" + sentence + "\n"
      + "It takes \(TimeWords.text(seconds))."
  }

  private var sentence: String {
    proposed.sentence.wrapped(to: context.width).joined(separator: "\n")
  }

  private static func table(_ writes: [PlannedWrite]) -> RowSet {
    let columns = ["action", "id", "name", "application", "change"]
    let schema = Schema(
      columns.map { Schema.Column($0, .string, nullable: true) }, areConnections: false)
    return RowSet(schema, writes.map { Row(values: $0.cells) })
  }

  /// In production the host is typed, whatever is written.
  private var wanted: WantedAnswer {
    context.guards.profile?.isProduction == true ? .host(hostName) : plan.answer(hostName)
  }
}

extension PlannedWrite {
  fileprivate var cells: [Value] {
    let connection = connection
    return [
      .string(actionWords), connection.map { .int($0.id) } ?? .null,
      .string(connection?.name ?? newName),
      .string(connection?.member("application")?.string ?? ""), .string(change),
    ]
  }

  /// `disconnect`, or `disconnect force`.
  var actionWords: String {
    if case .disconnect(_, force: true) = call { "disconnect force" } else { action.rawValue }
  }

  /// The name that a create gives; empty for other calls.
  var newName: String {
    guard case .create(let fields) = call else { return "" }
    return fields.first { $0.name == "name" }?.value.shown.string ?? ""
  }

  private var change: String { changeWords.joined(separator: ", ") }

  /// `field: before → after` for each field that is named.
  var changeWords: [String] {
    switch call {
    case .create(let fields), .update(_, let fields):
      fields.map { member in
        let before = connection?.member(member.name).map { "\($0.text) → " } ?? ""
        return "\(member.name): \(before)\(member.words)"
      }
    default: []
    }
  }
}

/// Seconds in words: `about 38 s`, `about 5 min`, `about 3 days`.
package enum TimeWords {
  package static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: "about a second"
    case ..<90: "about \(Int(seconds.rounded())) s"
    case ..<5400: "about \(Int((seconds / 60).rounded())) min"
    case ..<172_800: "about \((seconds / 360).rounded() / 10) h"
    case ..<31_536_000: "about \(Int((seconds / 86_400).rounded())) days"
    default: "more than a year"
    }
  }
}
