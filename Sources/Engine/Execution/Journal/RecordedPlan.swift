import ConnectionsClient
import Language

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

    init(action: String, id: Int64?, name: String?) {
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
  func isSame(as other: RecordedPlan) -> Bool { writes == other.writes && sha256 == other.sha256 }
}

extension RecordedPlan.Target {
  init(_ write: PlannedWrite) {
    let id = write.call.id.flatMap { $0 < 0 ? nil : $0 }
    self.init(
      action: write.action.rawValue, id: id, name: write.connection?.name ?? write.newName)
  }
}

extension RecordedPlan.Target {
  fileprivate init(_ intent: Intent) {
    let connection = intent.before ?? intent.body?.object
    self.init(
      action: intent.action, id: intent.before?["id"]?.int, name: connection?["name"]?.string)
  }

  /// What a call is known by: the id, or, before there is one, the name.
  fileprivate var key: Self { id == nil ? self : Self(action: action, id: id, name: nil) }

  /// As it was planned where the run itself made the connection.
  fileprivate var unnumbered: Self { Self(action: action, id: nil, name: name) }
}

extension SavedPlan {
  /// In the order of the writes.
  package var targets: [RecordedPlan.Target] { entries.map { RecordedPlan.Target($0.write) } }
}

extension RunHistory {
  /// Those of the targets that no call was begun for.
  package func untried(of targets: [RecordedPlan.Target]) -> [RecordedPlan.Target] {
    let wanted = Set(targets.map(\.key))
    var begun: [RecordedPlan.Target: Int] = [:]
    for write in writes.values {
      let target = RecordedPlan.Target(write.intent)
      begun[wanted.contains(target.key) ? target.key : target.unnumbered, default: 0] += 1
    }
    return targets.filter { target in
      guard let count = begun[target.key], count > 0 else { return true }
      begun[target.key] = count - 1
      return false
    }
  }
}
