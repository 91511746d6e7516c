import Evaluation
import Planning
import Text

/// The writes that were not done, whose login failed, or whose outcome couldn't be recorded, grouped by
/// outcome and reason.
struct ProblemList: Sendable {
  private var groups: [(kind: String, reason: String, targets: [String])] = []
  private static let maxTargets = 5

  mutating func add(_ outcome: Outcome, to write: PlannedWrite, isRecorded: Bool = true) {
    if let problem = write.failedLogin(in: outcome.connection), outcome.kind == .done {
      add("saved, but the login failed", problem, write)
    } else if !isRecorded {
      add(outcome.kind.rawValue, outcome.reason ?? "not recorded in the journal", write)
    } else if outcome.kind != .done, outcome.kind != .unchanged {
      add(outcome.kind.rawValue, outcome.reason ?? "no reason given", write)
    }
  }

  private mutating func add(_ kind: String, _ reason: String, _ write: PlannedWrite) {
    let index = groups.firstIndex { $0.kind == kind && $0.reason == reason } ?? groups.count
    if index == groups.count { groups.append((kind, reason, [])) }
    groups[index].targets.append(write.id.map(String.init) ?? write.newName.quoted)
  }

  /// One line per group: `rejected (2): used by active recipes: 1204, 1207`.
  var lines: [String] {
    groups.map { kind, reason, targets in
      let rest = targets.count - Self.maxTargets
      let more = rest > 0 ? " and \(rest) more" : ""
      return "\(kind) (\(targets.count)): \(reason): "
        + targets.prefix(Self.maxTargets).joined(separator: ", ") + more
    }.map { $0.escapingHiddenCharacters() }
  }
}
