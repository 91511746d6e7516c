import API
import Evaluation
import JSON
import Language
import Text

/// A plan as an HTML page for a change ticket.
package struct PlanReport {
  /// The plan as it is shown: all rounds of a loop are one part.
  private let document: PlanDocument
  /// The plan with everything that the list returned; a plan file keeps only some members.
  private let listed: Plan
  /// The estimated duration of the writes in seconds, if the rate is known.
  private let seconds: Double?

  package init(_ document: PlanDocument, listed: Plan? = nil, seconds: Double? = nil) {
    self.document = PlanDocument(document.header, document.plan.joiningRounds)
    self.listed = listed ?? document.plan
    self.seconds = seconds
  }

  package var page: HTMLPage {
    HTMLPage(
      title: "Plan of \(document.header.script.name.cutForReport)",
      [.element(.h1, [.text("Plan of \(document.header.script.name.cutForReport)")])]
        + sentences + [.heading("At a glance"), .facts(facts)] + counts + undoing + assumptions
        + document.plan.parts.enumerated().flatMap(section))
  }

  private var sentences: [HTMLPage.Node] {
    let sentence = document.plan.sentence
    return sentence.isEmpty
      ? [.paragraph("Nothing changes: the plan has no writes.")]
      : sentence.split(separator: "\n").map { .paragraph(String($0)) }
  }

  private var facts: [(String, String)] {
    let header = document.header
    let calls = document.plan.writes.calls.count
    let time = DurationText.text(seconds ?? Double(max(0, calls - 1)))
    return [
      ("Writes", String(document.plan.writes.count)), ("Calls", String(calls)),
      ("Duration", calls == 0 ? "" : seconds == nil ? "\(time) at 1 call per second" : time),
      ("Host", header.workspace.host), ("Profile", header.workspace.profile ?? ""),
      ("Created", "\(header.created.iso8601) by conn \(header.version)"),
    ]
  }

  // MARK: Counts

  private var counts: [HTMLPage.Node] {
    guard !document.plan.isEmpty else { return [] }
    let writes = listed.writes
    return [.heading("What changes")]
      + [
        ("application", writes.map { $0.application.isEmpty ? "not known" : $0.application }),
        ("folder", writes.map { $0.folder }),
        ("effect", writes.map { "\($0.effect.name): \($0.actionWords)" }),
      ].map(count)
  }

  private func count(_ dimension: String, _ values: [String]) -> HTMLPage.Node {
    let counts = values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { [[$0.key.cutForReport], [String($0.value)]] }
    return .table("Writes by \(dimension)", [dimension.asLabel, "Writes"], rows)
  }

  // MARK: Parts

  private var undoing: [HTMLPage.Node] {
    let lines = document.plan.parts.flatMap(\.writes.undoing)
    return lines.isEmpty ? [] : [.heading("Undoing it")] + HTMLPage.Node.list(lines)
  }

  private var assumptions: [HTMLPage.Node] {
    guard !document.header.assumptions.isEmpty else { return [] }
    return [
      .heading("Assumptions"), .paragraph("The plan assumes that every write succeeds. See:"),
    ] + HTMLPage.Node.list(document.header.assumptions)
  }

  private func section(_ number: Int, _ part: Plan.Part) -> [HTMLPage.Node] {
    let heading = document.plan.parts.count > 1 ? "Writes of part \(number + 1)" : "Writes"
    let rows = ChangeTable(part.writes).entries.map(\.reportCells)
    guard !rows.isEmpty else { return [] }
    return [.heading(heading)] + HTMLPage.Node.conditions(part.conditions) + [
      .table(
        "\(part.writes.count.counted("write")) from \(part.location)",
        ["Connection", "Action", "Before", "After", "Why it matched"], rows)
    ]
  }
}

extension HTMLPage.Node {
  package static func conditions(_ conditions: [String]) -> [Self] {
    list(conditions.map { "Each matched `\($0)`." })
  }
}

extension PlannedWrite {
  /// The folder before the write; for a new connection, the folder that it is created in.
  fileprivate var folder: String {
    let value =
      connection?.member("folder_id") ?? members.first { $0.name == "folder_id" }?.value.shown
    return value.flatMap { $0 == .null ? nil : $0.text } ?? "not known"
  }
}

extension ChangeTable.Entry {
  /// The cells of the entry's row. New values are complete; names and old values may be cut.
  fileprivate var reportCells: [[String]] {
    let old = changes.compactMap { change in
      change.old.map { "\(change.field): \(($0.listText ?? $0.text).cutForReport)" }
    }
    let new = changes.map { "\($0.field): \($0.new.text)" }
    return [
      [id, name.cutForReport, application.cutForReport], [action], old,
      new.isEmpty ? [write.definition.participle] : new, [reason.cutForReport],
    ]
  }
}

extension String {
  /// The text, cut after 300 characters with a note of its full length.
  package var cutForReport: String {
    let most = 300
    let length = count
    return length <= most ? self : "\(prefix(most))… (\(length) characters)"
  }

  /// The text as a label, with a capital; a call such as `now()` is left as it is.
  package var asLabel: String { hasSuffix("()") ? self : prefix(1).uppercased() + dropFirst() }
}
