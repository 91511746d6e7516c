import API
import Evaluation
import JSON
import Language
import Text

/// Renders a plan as a page of text.
package struct PlanPage {
  private let header: PlanHeader
  private let plan: Plan
  /// The plan file's hash; `nil` for a plan that was not saved.
  private let hash: String?
  private let showsAll: Bool
  /// The terminal width in columns; `nil` means no limit.
  private let width: Int?
  /// The estimated duration of the writes in seconds, if the rate is known.
  private let seconds: Double?

  /// The number of rows shown per group without `--all`.
  private static let maxRows = 20

  package init(
    _ document: PlanDocument, hash: String?, showsAll: Bool = false, width: Int? = nil,
    seconds: Double? = nil
  ) {
    header = document.header
    plan = document.plan
    self.hash = hash
    self.showsAll = showsAll
    self.width = width
    self.seconds = seconds
  }

  /// The page. Hidden characters in the plan's strings are escaped.
  package var text: String {
    let lines = head + assumptions + steps
    return lines.map { $0.escapingHiddenCharacters() }
      .flatMap { $0.wrappedHanging(to: width) }.map { $0 + "\n" }.joined()
  }

  // MARK: The head

  private var head: [String] {
    let title = hash.map { "Plan \($0.prefix(12))" } ?? "Plan (not saved)"
    let facts = facts.filter { !$0.1.isEmpty }
    let width = facts.map(\.0.count).max() ?? 0
    return [title]
      + facts.map { name, value in
        "  \(name)\(String(repeating: " ", count: width + 2 - name.count))\(value)"
      }
  }

  private var facts: [(String, String)] {
    return [
      ("script", ListText.listed(([header.script] + header.files).map(\.summary))),
      ("parameters", parameters), ("now()", header.now.iso8601),
      ("host", header.workspace.host), ("profile", header.workspace.profile ?? ""),
      ("token", "fingerprint \(header.workspace.fingerprint)"),
      ("created", "\(header.created.iso8601) by conn \(header.version)"),
      ("expires", expiry.iso8601), ("guards", header.limits.summary),
      ("secrets", plan.secrets.map(\.description).sorted().joined(separator: ", ")),
      ("writes", writes),
    ]
  }

  private var parameters: String {
    header.parameters.members.map { member in
      let secret = member.value["$secret"]?.string.map { "‹secret \($0)›" }
      return "\(member.name) = \(secret ?? member.value.text)"
    }.joined(separator: ", ")
  }

  private var expiry: Timestamp {
    let age = ApplyPreconditions.defaultAge.microseconds
    return Timestamp(
      microseconds: header.created.microseconds.addingReportingOverflow(age).partialValue)
  }

  private var writes: String {
    let count = plan.writes.count
    guard count > 0 else { return "none" }
    let time =
      seconds.map(DurationText.text) ?? DurationText.text(Double(count)) + " at 1 per second"
    return "\(count), \(time)"
  }

  private var assumptions: [String] {
    guard !header.assumptions.isEmpty else { return [] }
    return [
      "", "Assumes every write succeeds; `conn apply` won't re-evaluate:",
    ] + header.assumptions.map { "  \($0)" }
  }

  // MARK: Steps

  private var steps: [String] {
    plan.parts.enumerated().flatMap { number, part in
      ["", "\(number + 1). \(part.location): \(part.sentence)"]
        + part.conditions.map { "   Each satisfies `\($0)`." } + groups(part)
    }
  }

  private func groups(_ part: Plan.Part) -> [String] {
    var order: [[String]] = []
    var groups: [[String]: [(id: String, write: PlannedWrite)]] = [:]
    for write in part.writes {
      let id = write.planID ?? 0
      let key = write.group
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append((id < 0 ? "new \(-id)" : String(id), write))
    }
    return order.flatMap { key in group(groups[key] ?? []) }
  }

  private func group(_ rows: [(id: String, write: PlannedWrite)]) -> [String] {
    let shown = showsAll ? rows[...] : rows.prefix(Self.maxRows)
    let width = shown.map(\.id.count).max() ?? 0
    let rest = rows.count - shown.count
    return ["", "   " + (rows.first?.write.title(of: rows.count) ?? "")]
      + shown.flatMap { id, write in
        let blanks = String(repeating: " ", count: width - id.count)
        return ["     \(blanks)\(id)  \(write.name)"]
          + write.details.map { String(repeating: " ", count: width + 9) + $0 }
      } + (rest > 0 ? ["     … and \(rest) more; --all shows them"] : [])
  }
}

extension PlanHeader.Text {
  /// The name and a short hash.
  fileprivate var summary: String { "\(name) (sha256 \(hash.prefix(12)))" }
}

extension PlanHeader.Limits {
  fileprivate var summary: String {
    let options = [
      ("--expect", expected), ("--max-writes", maxWrites), ("--max-percent", maxPercent),
    ]
    return options.compactMap { name, value in value.map { "\(name) \($0)" } }
      .joined(separator: ", ")
  }
}

extension PlannedWrite {
  /// The key that groups entries: action, application and whether it can be undone.
  fileprivate var group: [String] { [actionWords, application, undoing] }

  private var undoing: String { definition.undoing(effect) }

  fileprivate func title(of count: Int) -> String {
    "\(actionWords) \(count.counted("\(application) connection")); \(undoing)"
  }

  private var application: String {
    connection?.member("application")?.string ?? text("provider") ?? "?"
  }

  fileprivate var name: String { connection?.name ?? newName }

  /// The changes, and the values that the conditions read from the row.
  fileprivate var details: [String] {
    let read = matched.members.map { "\($0.name) is \($0.value.text)" }
    return changeWords + (read.isEmpty ? [] : ["matched: \(read.joined(separator: ", "))"])
  }
}
