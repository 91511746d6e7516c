import API
import Evaluation

/// The writes of one pipeline, or of a plan file, confirmed.
package struct RecordedPlan: Hashable, Sendable {
  package let writes: Int
  /// SHA-256 of the calls, in their order.
  package let sha256: String
  package let sentence: String
  /// In the order of the writes; none for a plan file, which is kept beside the journal.
  package let targets: [Target]

  /// Whom a write is for.
  package struct Target: Hashable, Sendable {
    package let action: String
    /// `nil` for a connection that is yet to be made.
    package let id: Int64?
    /// No longer than ``longestName``.
    package let name: String?

    /// In Unicode scalars: the journal stays of a size that can be read.
    static let longestName = 200

    package init(action: String, id: Int64?, name: String?) {
      self.action = action
      self.id = id
      self.name = name.map { name in
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(Self.longestName)))
      }
    }
  }

  package init(writes: Int, sha256: String, sentence: String, targets: [Target] = []) {
    self.writes = writes
    self.sha256 = sha256
    self.sentence = sentence
    self.targets = targets
  }

  /// `true` iff both are the same calls in the same order.
  package func isSame(as other: RecordedPlan) -> Bool {
    writes == other.writes && sha256 == other.sha256
  }
}

extension RecordedPlan.Target {
  package init(_ write: PlannedWrite) {
    let id = write.call.id.flatMap { $0 < 0 ? nil : $0 }
    self.init(
      action: write.action.rawValue, id: id, name: write.connection?.name ?? write.newName)
  }
}
