import Evaluation
import Execution
import JSON
import Planning
import Text

/// A past run as an HTML page: what was planned and what happened.
struct RunReportPage {
  let run: StoredRun
  /// The facts at the top of the text form.
  let facts: [(String, String)]

  var page: HTMLPage {
    let title = "Run \(run.id)"
    return HTMLPage(
      title: title,
      [.element(.h1, [.text(title)])]
        + run.history.plans.flatMap { $0.sentence.split(separator: "\n") }
        .map { .paragraph(String($0)) }
        + [.heading("At a glance"), .facts(facts.map { ($0.0.asLabel, $0.1.cutForReport) })]
        + outcomes + doubts + table)
  }

  private var writes: [RecordedWrite] {
    run.history.writes.values.sorted { $0.intent.number < $1.intent.number }
  }

  private var outcomes: [HTMLPage.Node] {
    let counts = writes.reduce(into: [:]) { $0[$1.outcomeName, default: 0] += 1 }
    guard !counts.isEmpty else { return [.paragraph("No write was started.")] }
    let rows = counts.sorted { $0.key < $1.key }.map { [[$0.key], [String($0.value)]] }
    return [
      .heading("What happened"), .table("Writes by outcome", ["Outcome", "Writes"], rows),
    ]
  }

  private var doubts: [HTMLPage.Node] {
    let doubts = run.history.doubts
    guard !doubts.isEmpty else { return [] }
    return [
      .heading("In doubt"),
      .paragraph("Nobody knows yet whether these writes were applied. Look them up in Workato:"),
    ] + HTMLPage.Node.list(doubts.map { run.settling($0.name, $0.write) })
  }

  private var table: [HTMLPage.Node] {
    guard !writes.isEmpty else { return [] }
    let times = times
    return [
      .heading("Writes")
    ] + HTMLPage.Node.conditions(conditions) + [
      .table(
        writes.count.counted("write") + " in the order of the run",
        ["Connection", "Action", "Before", "After", "Why it matched", "Outcome"],
        writes.map { $0.reportCells(times[$0.intent.number]) })
    ]
  }

  private var conditions: [String] {
    run.history.plans.flatMap(\.conditions).withoutRepeats
  }

  /// The time of each write's last record, by its number.
  private var times: [Int: String] {
    run.journal.entries.reduce(into: [:]) { times, entry in
      switch entry.record {
      case .intent(let intent): times[intent.number] = entry.time
      case .outcome(let outcome): times[outcome.number] = entry.time
      default: break
      }
    }
  }
}

extension RecordedWrite {
  fileprivate var outcomeName: String {
    outcome.map { $0.kind == .unknown ? "in doubt" : $0.kind.rawValue } ?? "in doubt"
  }

  fileprivate func reportCells(_ time: String?) -> [[String]] {
    let before = intent.before
    let sent = intent.body?.object?.members ?? []
    let target = before ?? intent.body?.object
    let id = (outcome?.connection ?? before)?["id"]?.text ?? "new"
    let application = target?["application"] ?? target?["provider"]
    return [
      [id, target?["name"]?.string?.cutForReport ?? "", application?.string?.cutForReport ?? ""],
      [intent.action.rawValue],
      sent.compactMap { member in
        before?[member.name].map { "\(member.name): \($0.text.cutForReport)" }
      },
      sent.isEmpty && outcome?.kind == .done
        ? [intent.action.definition.participle] : sent.map { "\($0.name): \($0.value.text)" },
      [intent.matched.reasonText.cutForReport],
      happened + [time ?? ""],
    ]
  }

  private var happened: [String] {
    let reason = outcome == nil ? "the run ended before the answer was recorded" : outcome?.reason
    return [
      outcomeName, reason?.cutForReport ?? "", outcome?.status.map { "HTTP status \($0)" } ?? "",
    ]
  }
}
