import API
import Evaluation
import Planning
import Text

/// The writes that were not done, grouped by outcome and reason.
struct ProblemList: Sendable {
  private var groups: [(kind: Outcome.Kind, reason: String, targets: [String])] = []
  private static let maxTargets = 5

  mutating func add(_ outcome: Outcome, to write: PlannedWrite) {
    guard outcome.kind != .done, outcome.kind != .unchanged else { return }
    let reason = outcome.reason ?? "no reason given"
    let index =
      groups.firstIndex { $0.kind == outcome.kind && $0.reason == reason } ?? groups.count
    if index == groups.count { groups.append((outcome.kind, reason, [])) }
    groups[index].targets.append(write.id.map(String.init) ?? write.newName.quoted)
  }

  /// One line per group: `rejected (2): used by active recipes: 1204, 1207`.
  var lines: [String] {
    groups.map { kind, reason, targets in
      let rest = targets.count - Self.maxTargets
      let more = rest > 0 ? " and \(rest) more" : ""
      return "\(kind.rawValue) (\(targets.count)): \(reason): "
        + targets.prefix(Self.maxTargets).joined(separator: ", ") + more
    }.map { $0.escapingHiddenCharacters() }
  }
}
