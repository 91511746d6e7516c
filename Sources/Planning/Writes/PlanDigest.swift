import API
import Evaluation
import JSON
import Text

/// The identity of a confirmed plan, as the journal keeps it.
package struct PlanDigest: Hashable, Sendable {
  package let writes: Int
  /// The SHA-256 of the calls, in order.
  package let sha256: String
  package let sentence: String
  /// The targets in the order of the writes; empty for a plan file, which is stored next to the
  /// journal.
  package let targets: [Target]
  /// The text of each condition that the rows satisfied; for a plan of several parts, of all of them.
  package let conditions: [String]

  /// The connection that a write is for.
  package struct Target: Hashable, Sendable {
    package let action: String
    /// `nil` for a connection that is yet to be created.
    package let id: Int64?
    /// At most ``longestName`` scalars.
    package let name: String?

    /// The maximum length in Unicode scalars; it keeps the journal at a readable size.
    static let longestName = 200

    package init(action: String, id: Int64?, name: String?) {
      self.action = action
      self.id = id
      self.name = name.map { name in
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(Self.longestName)))
      }
    }
  }

  package init(
    writes: Int, sha256: String, sentence: String, targets: [Target] = [], conditions: [String] = []
  ) {
    self.writes = writes
    self.sha256 = sha256
    self.sentence = sentence
    self.targets = targets
    self.conditions = conditions
  }

  /// Returns `true` iff both contain the same calls in the same order.
  package func isSame(as other: PlanDigest) -> Bool {
    writes == other.writes && sha256 == other.sha256
  }
}

extension PlanDigest.Target {
  package init(_ write: PlannedWrite) {
    let id = write.id.flatMap { $0 < 0 ? nil : $0 }
    self.init(
      action: write.action.rawValue, id: id, name: write.connection?.name ?? write.newName)
  }
}

extension Plan {
  package var targets: [PlanDigest.Target] { writes.map { PlanDigest.Target($0) } }
}

extension PlanDigest {
  /// The sentence is that of the plan as it is shown.
  package init(_ plan: Plan) {
    let writes = plan.writes
    let calls = writes.map { write in
      let request = write.call.request
      return "\(request.method.rawValue) \(request.target) \(request.body?.shown.text ?? "")\n"
    }
    self.init(
      writes: writes.count, sha256: Digest.sha256(calls.joined().utf8),
      sentence: plan.joiningRounds.sentence,
      targets: plan.targets, conditions: plan.conditions)
  }
}
