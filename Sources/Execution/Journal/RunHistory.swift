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
  /// All lists that the journal names.
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
      case .intent(let intent):
        writes[intent.number] = RecordedWrite(intent: intent)
        self.token = token
      case .outcome(let outcome): apply(outcome)
      case .end(let code, let isComplete, let sentence): end = (code, isComplete, sentence)
      }
    }
  }

  /// Updates the history with a record that was just appended.
  mutating func apply(_ record: JournalRecord) {
    switch record {
    case .intent(let intent): writes[intent.number] = RecordedWrite(intent: intent)
    case .outcome(let outcome): apply(outcome)
    default: return
    }
  }

  private mutating func apply(_ outcome: RecordedOutcome) {
    writes[outcome.number]?.outcome = outcome
    guard outcome.kind == .done, let id = outcome.connection?["id"]?.int else { return }
    known?.insert(id)
  }
}
