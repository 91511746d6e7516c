import Evaluation
import JSON
import Planning

/// The journal of a run, indexed for replay.
package struct RunHistory: Sendable {
  package var start: RunStart?
  /// Fingerprint of the token used for the last write.
  package private(set) var token: String?
  /// The lists and files read before the last confirmed plan. Anything read later led to no confirmed
  /// write, so a resumed run reads it again.
  package private(set) var lists: [RecordedList] = []
  package private(set) var files: [(path: String, sha256: String, file: String?)] = []
  private(set) var keptLists: [RecordedList] = []
  /// The file copies that the journal names, as often as it does.
  private(set) var keptFiles: [(file: String, sha256: String)] = []
  package var known: KnownIDs?
  package var plans: [PlanDigest] = []
  package var writes: [Int: RecordedWrite] = [:]
  package var end: (exitCode: Int32, isComplete: Bool, sentence: String?)?

  package init() {}

  package init(_ journal: ParsedJournal) {
    var token: String?
    var files: [(String, String, String?)] = []
    for entry in journal.entries {
      switch entry.record {
      case .start(let start):
        self.start = start
        token = start.token
      case .resumed(_, let other):
        end = nil
        token = other
      case .list(let list): keptLists.append(list)
      case .file(let path, let sha256, let file):
        files.append((path, sha256, file))
        if let file { keptFiles.append((file, sha256)) }
      case .known(let known): self.known = known
      case .plan(let plan):
        plans.append(plan)
        (lists, self.files) = (keptLists, files)
      case .intent:
        apply(entry.record)
        self.token = token
      case .outcome: apply(entry.record)
      case .end(let code, let isComplete, let sentence): end = (code, isComplete, sentence)
      }
    }
  }

  mutating func apply(_ record: JournalRecord) {
    switch record {
    case .intent(let intent): writes[intent.number] = RecordedWrite(intent: intent)
    case .outcome(let outcome):
      writes[outcome.number]?.outcome = outcome
      guard outcome.kind == .done, let id = outcome.connection?["id"]?.int else { return }
      known?.ids.insert(id)
    default: return
    }
  }
}

extension PlanDigest.Target {
  fileprivate init(_ intent: Intent) {
    let connection = intent.before ?? intent.body?.object
    self.init(
      action: intent.action.rawValue, id: intent.before?["id"]?.int,
      name: connection?["name"]?.string)
  }

  /// The target's identity: its id or, for a create, its name.
  fileprivate var key: Self { id == nil ? self : Self(action: action, id: id, name: nil) }

  /// The target as planned if the run itself creates the connection: without an id.
  fileprivate var unnumbered: Self { Self(action: action, id: nil, name: name) }
}

extension RunHistory {
  /// Returns the targets for which no call was started.
  package func untried(of targets: [PlanDigest.Target]) -> [PlanDigest.Target] {
    let wanted = Set(targets.map(\.key))
    var started: [PlanDigest.Target: Int] = [:]
    for write in writes.values {
      let target = PlanDigest.Target(write.intent)
      started[wanted.contains(target.key) ? target.key : target.unnumbered, default: 0] += 1
    }
    return targets.filter { target in
      guard let count = started[target.key], count > 0 else { return true }
      started[target.key] = count - 1
      return false
    }
  }
}
