import Evaluation
import Planning
import Text

/// Counts of writes by action and outcome.
package struct Tally: Sendable {
  private(set) var counts: [(action: WriteAction, kinds: [Outcome.Kind: Int])] = []

  /// Number of writes that were done, but whose credentials the server couldn't log in with.
  var failedLogins = 0
  /// Number of writes that were sent, whatever their outcome.
  package private(set) var sent = 0
  /// Number of those that an earlier process of the run sent.
  private(set) var recalled = 0

  mutating func add(
    _ action: WriteAction, _ kind: Outcome.Kind, wasSent: Bool = false, wasRecalled: Bool = false
  ) {
    if wasSent { sent += 1 }
    if wasRecalled { recalled += 1 }
    let index = counts.firstIndex { $0.action == action } ?? counts.count
    if index == counts.count { counts.append((action, [:])) }
    counts[index].kinds[kind, default: 0] += 1
  }

  func count(_ kind: Outcome.Kind) -> Int {
    counts.reduce(0) { $0 + ($1.kinds[kind] ?? 0) }
  }

  var total: Int { counts.reduce(0) { $0 + $1.kinds.values.reduce(0, +) } }

  /// `37 of 37 disconnected, 2 rejected`
  var summary: String {
    let done = counts.compactMap { action, kinds -> String? in
      let planned = kinds.values.reduce(0, +) - (kinds[.unchanged] ?? 0)
      return planned == 0
        ? nil : "\(kinds[.done] ?? 0) of \(planned) \(action.definition.participle)"
    }
    let others: [(Outcome.Kind, String)] = [
      (.unchanged, "unchanged"), (.rejected, "rejected"), (.gone, "gone"), (.failed, "failed"),
      (.unknown, "in doubt"), (.skipped, "not tried"),
    ]
    let rest = others.compactMap { kind, word in count(kind) > 0 ? "\(count(kind)) \(word)" : nil }
    let logins =
      failedLogins > 0 ? [failedLogins.counted("login failed", "logins failed")] : []
    return (done + logins + rest).joined(separator: ", ")
  }
}
