import ConnectionsClient
import Language

/// Where runs are kept: a directory each. Source: `$XDG_STATE_HOME/conn/runs`.
package protocol RunStore: Sendable {
  /// Makes the directory of a new run, durably.
  func create() throws(DiskError) -> any RunDirectory
}

/// The files of one run.
package protocol RunDirectory: Sendable {
  /// The name by which people speak of the run; `nil` for one that is not kept.
  var id: String? { get }
  /// Appends to the journal; once it returns, the bytes outlive a crash.
  func append(_ bytes: [UInt8]) throws(DiskError)
  /// Makes a file beside the journal, durably.
  func write(_ name: String, _ bytes: [UInt8]) throws(DiskError)
  func read(_ name: String) throws(DiskError) -> [UInt8]
}

/// Writes the journal of a run, from its first write on; and answers from the journal of a run that
/// goes on.
package struct RunRecorder: Sendable {
  private let store: any RunStore
  private let start: RunStart
  /// What is kept beside the journal: the script's text, where it may be, or the plan.
  private let attachment: Attachment?
  private let time: @Sendable () -> String
  package private(set) var directory: (any RunDirectory)?
  private var chain = JournalChain()
  /// Lists that came before the first write.
  private var unkept: [[Connection]] = []
  private var listCount = 0
  private var past: RunHistory
  /// Why the journal takes no more: what was written may be torn.
  private var problem: DiskError?

  /// A file of the run beside its journal.
  package struct Attachment: Sendable {
    let name: String
    let bytes: [UInt8]

    package init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  package static let scriptName = "script.conn"
  package static let planName = "plan.json"

  /// `time` is the wall clock's, in UTC.
  package init(
    _ store: any RunStore, _ start: RunStart, keeping attachment: Attachment? = nil,
    time: @escaping @Sendable () -> String
  ) {
    self.store = store
    self.start = start
    self.attachment = attachment
    self.time = time
    past = RunHistory()
  }

  /// Goes on in the directory of a run.
  package init(
    _ store: any RunStore, _ start: RunStart, in directory: any RunDirectory,
    after journal: JournalText, _ past: RunHistory, time: @escaping @Sendable () -> String
  ) {
    self.init(store, start, time: time)
    self.directory = directory
    self.past = past
    chain = journal.chain
  }

  // MARK: What was before

  package var writes: [Int: RecordedWrite] { past.writes }
  package var known: Set<Int64>? { past.known }

  /// Returns the list that stands next in the journal, or `nil` where the journal has no more.
  mutating func recordedList() throws(RunError) -> [Connection]? {
    guard listCount < past.lists.count, let directory else { return nil }
    let list = past.lists[listCount]
    listCount += 1
    let bytes: [UInt8]
    do { bytes = try directory.read(list.file) } catch {
      throw RunError(.internalError, error.message)
    }
    guard Digest.sha256(bytes) == list.sha256,
      let connections = try? ListAnswer.connections(in: Answer(status: 200, body: bytes))
    else {
      throw RunError(.internalError, "`\(list.file)` of run \(directory.id ?? "") was changed")
    }
    return connections
  }

  /// Returns the plan that stands next in the journal.
  mutating func recordedPlan() -> RecordedPlan? {
    past.plans.isEmpty ? nil : past.plans.removeFirst()
  }

  // MARK: Writing

  /// Keeps a list on which the script is carried out.
  mutating func keep(_ connections: [Connection]) throws(DiskError) {
    guard directory != nil else { return unkept.append(connections) }
    listCount += 1
    let text = JSON.array(connections.map { .object($0.object) }).text
    let name = "list-\(listCount).json"
    try directory?.write(name, Array(text.utf8))
    try append([.list(file: name, sha256: Digest.sha256(text.utf8))])
  }

  /// Makes the run's directory and the head of its journal, where there is none yet.
  mutating func open() throws(DiskError) {
    guard directory == nil else { return }
    let made = try store.create()
    directory = made
    if let attachment { try made.write(attachment.name, attachment.bytes) }
    try append([.start(start)])
    for list in unkept { try keep(list) }
    unkept = []
  }

  package mutating func append(_ records: [JournalRecord]) throws(DiskError) {
    if let problem { throw problem }
    var bytes: [UInt8] = []
    let time = time()
    for record in records { bytes += chain.line(record, at: time) }
    do throws(DiskError) { try directory?.append(bytes) } catch {
      problem = error
      throw error
    }
  }
}

/// What the journal of an earlier part of a run holds.
package struct RunHistory: Sendable {
  package var start: RunStart?
  package var lists: [(file: String, sha256: String)] = []
  package var known: Set<Int64>?
  package var plans: [RecordedPlan] = []
  package var writes: [Int: RecordedWrite] = [:]
  package var end: (exitCode: Int32, isComplete: Bool, sentence: String?)?

  package init() {}

  package init(_ journal: JournalText) {
    for entry in journal.entries {
      switch entry.record {
      case .start(let start): self.start = start
      case .resumed: end = nil
      case .list(let file, let sha256): lists.append((file, sha256))
      case .known(let ids): known = Set(ids)
      case .plan(let plan): plans.append(plan)
      case .intent(let intent):
        writes[intent.number] = RecordedWrite(intent: intent)
      case .outcome(let outcome): take(outcome)
      case .end(let code, let isComplete, let sentence): end = (code, isComplete, sentence)
      }
    }
  }

  private mutating func take(_ outcome: RecordedOutcome) {
    writes[outcome.number]?.outcome = outcome
    guard outcome.kind == .done, let id = outcome.connection?["id"]?.int else { return }
    known?.insert(id)
  }
}

extension RecordedPlan {
  init(_ plan: WritePlan, sentence: String) {
    let calls = plan.writes.map { write in
      let request = write.call.request
      return "\(request.method.rawValue) \(request.target) \(request.body?.shown.text ?? "")\n"
    }
    self.init(
      writes: plan.writes.count, sha256: Digest.sha256(calls.joined().utf8), sentence: sentence)
  }
}

extension RecordedPlan {
  /// Throws unless the plan is the one that was confirmed.
  func require(_ other: RecordedPlan, at span: SourceSpan?) throws(RunError) {
    guard writes != other.writes || sha256 != other.sha256 else { return }
    throw RunError(
      .stalePlan, "the script now plans other writes than the journal holds",
      help: "its files or its environment have changed: start a new run", at: span)
  }
}
