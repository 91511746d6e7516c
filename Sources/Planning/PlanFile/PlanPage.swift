import API
import Evaluation
import JSON
import Language
import Text

/// Renders a plan as a page of text.
package struct PlanPage {
  private let header: PlanHeader
  /// The plan as it is shown: all rounds of a loop are one part.
  private let plan: Plan
  /// The plan file's hash; `nil` for a plan that was not saved.
  private let hash: String?
  private let detail: Detail
  private let width: Int?
  /// The estimated duration of the writes in seconds, if the rate is known.
  private let seconds: Double?

  private static let maxWrites = 20

  /// The extent of a page.
  package struct Detail: Sendable {
    var showsAll: Bool
    var showsHashes: Bool
    /// `true` iff the plan was read from a file, whose word the reasons are.
    var isRecorded: Bool

    package init(showsAll: Bool = false, showsHashes: Bool = false, isRecorded: Bool = false) {
      self.showsAll = showsAll
      self.showsHashes = showsHashes
      self.isRecorded = isRecorded
    }
  }

  package init(
    _ document: PlanDocument, hash: String?, _ detail: Detail = Detail(), width: Int? = nil,
    seconds: Double? = nil
  ) {
    header = document.header
    plan = document.plan.joiningRounds
    self.hash = hash
    self.detail = detail
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
    let hash = hash.map { detail.showsHashes ? " \($0.prefix(12))" : "" }
    let title = "Plan\(hash ?? " (not saved)")"
    let facts = facts.filter { !$0.1.isEmpty }
    let width = facts.map(\.0.count).max() ?? 0
    return [title]
      + facts.map { name, value in
        "  \(name)\(String(repeating: " ", count: width + 2 - name.count))\(value)"
      }
  }

  private var facts: [(String, String)] {
    [
      ("script", ListText.listed(([header.script] + header.files).map(summary))),
      ("parameters", parameters), ("now()", header.now.iso8601),
      ("host", header.workspace.host), ("profile", header.workspace.profile ?? ""),
      ("token", detail.showsHashes ? "fingerprint \(header.workspace.fingerprint)" : ""),
      ("created", "\(header.created.iso8601) by conn \(header.version)"),
      ("expires", expiry.iso8601), ("guards", header.limits.summary),
      ("secrets", plan.secrets.map(\.description).sorted().joined(separator: ", ")),
      ("writes", writes),
    ]
  }

  /// The name of a text; with a short hash if hashes are shown.
  private func summary(_ text: PlanHeader.Text) -> String {
    detail.showsHashes ? "\(text.name) (sha256 \(text.hash.prefix(12)))" : text.name
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
    let calls = plan.writes.calls.count
    let time =
      seconds.map(DurationText.text)
      ?? DurationText.text(Double(calls - 1)) + " at 1 per second"
    return "\(count)\(calls == count ? "" : " in \(calls.counted("call"))"), \(time)"
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
        + part.conditions.map {
          "   \(detail.isRecorded ? "As recorded, e" : "E")ach satisfies `\($0)`."
        }
        + part.writes.undoing.map { "   \($0)." } + [""] + changes(part)
    }
  }

  private func changes(_ part: Plan.Part) -> [String] {
    var table = ChangeTable(part.writes)
    table.showsReasons = true
    let room = width.map { max(1, $0 - Self.indent.count) }
    let most = detail.showsAll ? Int.max : Self.maxWrites
    let rest = part.writes.count - most
    return table.lines(width: room, first: most).map { Self.indent + $0 }
      + (rest > 0 ? ["\(Self.indent)… and \(rest) more; --all shows them"] : [])
  }

  private static let indent = "   "
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
