import API
import Evaluation
import JSON
import Language
import Planning
import Text

/// Writes the journal of a run and, when a run is resumed, replays it.
///
/// A run is resumed by executing its script again from the start, not by restoring saved state. The
/// script is deterministic given its text, its parameters, `now()` and the rows it reads, so the
/// journal records exactly those: list answers and files as copies with their SHA-256, the confirmed
/// plan as a hash, and each write as an intent and an outcome. On resume this type hands the recorded
/// lists and files back in the order in which they were first read. The script then computes the same
/// writes; each is compared with its intent, and the ones with outcomes are not sent again. Nothing
/// has to serialize an interpreter in the middle of a pipeline, and a script or file that has changed
/// shows up as a difference instead of as a wrong write.
///
/// A run that only reads leaves no journal: the directory is created at the first write, and what was
/// read before that is held in memory until then.
package struct JournalWriter: Sendable {
  private let store: any RunStore
  private let start: RunStart
  /// A file kept beside the journal: the script, unless it may hold a secret, or the plan.
  private let attachment: Attachment?
  private let time: @Sendable () -> String
  package private(set) var directory: (any RunDirectory)?
  private var chain = JournalEncoder()
  /// Lists received, and files read, before the journal was opened.
  private var unkept: [(connections: [Connection], target: String)] = []
  private var unnoted: [InputFile] = []
  private var listCount = 0
  private var fileCount = 0
  private var filesKept = 0
  private var past: RunHistory
  /// Calls with a final outcome.
  private var closedCalls: Set<[UInt8]> = []
  /// Settlements given by the user that are not yet recorded.
  private var settlements: [Settlement] = []
  /// Token fingerprint of the process that resumes the run; `nil` for a new run.
  private var token: String?
  /// The error after which nothing more is appended, because the last line may be torn.
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

  /// Starts a new run; `time` returns the wall-clock time in UTC.
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

  /// Resumes the run in `directory`.
  package init(
    _ store: any RunStore, _ start: RunStart, in directory: any RunDirectory,
    after journal: ParsedJournal, _ past: RunHistory, token: String, settling: [Settlement] = [],
    time: @escaping @Sendable () -> String
  ) {
    self.init(store, start, time: time)
    self.directory = directory
    self.past = past
    self.token = token
    settlements = settling
    chain = journal.chain
    filesKept = past.filesKept
    indexClosedCalls()
  }

  /// `false` iff the run can't be resumed because its script was not kept.
  package var canResume: Bool { start.canResume }

  // MARK: Replay

  package var writes: [Int: RecordedWrite] { past.writes }
  package var known: Set<Int64>? { past.known }
  /// Number of writes in doubt according to the journal.
  var doubts: Int { past.doubts.count }

  /// `true` iff this process resumes a run.
  var isResumed: Bool { token != nil }

  /// `true` iff the run is resumed with a different token, which may be for another workspace.
  var hasOtherToken: Bool { token.map { $0 != start.token } ?? false }

  /// The connections in the recorded lists, by id, as they were then.
  func listedBefore() throws(RunError) -> [Int64: Connection] {
    var connections: [Int64: Connection] = [:]
    for list in past.lists {
      for connection in try read(list.file, list.sha256) { connections[connection.id] = connection }
    }
    return connections
  }

  /// The ids that the workspace should still have, unless somebody else deleted them.
  func idsBefore() throws(RunError) -> Set<Int64> {
    let deleted = past.writes.values.filter { $0.intent.action.definition.lifecycle == .ends }
      .compactMap { $0.intent.before?["id"]?.int }
    let written = past.writes.values.compactMap { $0.intent.before?["id"]?.int }
    return Set(try listedBefore().keys).union(past.known ?? []).union(written).subtracting(deleted)
  }

  /// `true` iff the write has no final outcome.
  func isOpen(_ write: PlannedWrite) -> Bool {
    !closedCalls.contains(Intent(write, number: 1, attempt: 1).callText)
  }

  /// Records the user's settlements of writes in doubt. Throws, without recording any, if a settlement
  /// names a connection that is not in `present`.
  mutating func settle(in present: [Int64: Connection]) throws(RunError) {
    var outcomes: [RecordedOutcome] = []
    for one in settlements {
      guard let write = past.writes[one.number] else { continue }
      outcomes.append(try one.outcome(of: write, in: present))
    }
    settlements = []
    guard !outcomes.isEmpty else { return }
    do { try append(outcomes.map(JournalRecord.outcome)) } catch {
      throw RunError(.internalError, "couldn't record the settlement: \(error.message)")
    }
    indexClosedCalls()
  }

  private mutating func indexClosedCalls() {
    closedCalls = Set(
      past.writes.values.filter { $0.outcome?.isFinal == true }.map(\.intent.callText))
  }

  /// Returns the next list in the journal, or `nil` if there are no more. Throws if the script asks for
  /// another list than it did then.
  mutating func recordedList(_ query: ListQuery) throws(RunError) -> [Connection]? {
    guard listCount < past.lists.count else { return nil }
    let list = past.lists[listCount]
    listCount += 1
    guard list.target == Request.list(query).target else { throw Self.otherWay }
    return try read(list.file, list.sha256)
  }

  private func read(_ file: String, _ sha256: String) throws(RunError) -> [Connection] {
    guard directory != nil else { return [] }
    let bytes = try keptBytes(file, sha256)
    guard let connections = try? ListAnswer.connections(in: Answer(status: 200, body: bytes))
    else { throw changed(file) }
    return connections
  }

  private func keptBytes(_ file: String, _ sha256: String) throws(RunError) -> [UInt8] {
    guard let directory else { return [] }
    let bytes: [UInt8]
    do { bytes = try directory.read(file) } catch {
      throw RunError(.internalError, error.message)
    }
    guard Digest.sha256(bytes) == sha256 else { throw changed(file) }
    return bytes
  }

  private func changed(_ file: String) -> RunError {
    RunError(.internalError, "`\(file)` of run \(directory?.id ?? "") was modified")
  }

  private static let otherWay = RunError(
    .stalePlan, "the script no longer matches the journal of this run",
    help: "its files or its environment have changed: start a new run")

  /// Returns the next file in the journal, or `nil` if there are no more. Throws if the script reads a
  /// different path.
  mutating func recordedFile(_ path: String) throws(RunError) -> RecordedFile? {
    guard fileCount < past.files.count else { return nil }
    let before = past.files[fileCount]
    fileCount += 1
    guard before.path.hasSameBytes(as: path) else { throw Self.otherWay }
    var bytes: [UInt8]?
    if let file = before.file { bytes = try keptBytes(file, before.sha256) }
    return RecordedFile(sha256: before.sha256, bytes: bytes)
  }

  /// Records a file whose rows the script uses.
  mutating func record(_ file: InputFile) throws(RunError) {
    guard directory != nil else { return unnoted.append(file) }
    do { try keep(file) } catch {
      throw RunError(.internalError, "can't record the run: \(error.message)")
    }
  }

  /// Returns the next plan in the journal and removes it.
  mutating func recordedPlan() -> RecordedPlan? {
    past.plans.isEmpty ? nil : past.plans.removeFirst()
  }

  // MARK: Writing

  /// Records a list that the script uses.
  mutating func keep(_ connections: [Connection], _ query: ListQuery) throws(DiskError) {
    try keep(connections, target: Request.list(query).target)
  }

  private mutating func keep(_ connections: [Connection], target: String) throws(DiskError) {
    guard let directory else { return unkept.append((connections, target)) }
    listCount += 1
    let text = JSON.array(connections.map { .object($0.object) }).text
    let name = "list-\(past.listsKept + listCount).json"
    try directory.write(name, Array(text.utf8))
    try append([.list(file: name, sha256: Digest.sha256(text.utf8), target: target)])
  }

  private mutating func keep(_ file: InputFile) throws(DiskError) {
    var name: String?
    if file.isKept, let directory {
      filesKept += 1
      name = "rows-\(filesKept)"
      try directory.write("rows-\(filesKept)", file.bytes)
    }
    try append([.file(path: file.path, sha256: Digest.sha256(file.bytes), file: name)])
  }

  /// Creates the run's directory and the start of its journal, unless they exist.
  mutating func open() throws(DiskError) {
    guard directory == nil else { return }
    let made = try store.create()
    directory = made
    if let attachment { try made.write(attachment.name, attachment.bytes) }
    try append([.start(start)])
    for file in unnoted { try keep(file) }
    for list in unkept { try keep(list.connections, target: list.target) }
    (unkept, unnoted) = ([], [])
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
    for record in records { past.apply(record) }
  }
}

extension RecordedPlan {
  init(_ plan: WritePlan, sentence: String) {
    let calls = plan.writes.map { write in
      let request = write.call.request
      return "\(request.method.rawValue) \(request.target) \(request.body?.shown.text ?? "")\n"
    }
    self.init(
      writes: plan.writes.count, sha256: Digest.sha256(calls.joined().utf8), sentence: sentence,
      targets: plan.writes.map(Target.init))
  }
}

extension RecordedPlan {
  /// Throws with exit 6 unless `other` is the same plan, which was confirmed.
  func require(_ other: RecordedPlan, at span: SourceSpan?) throws(RunError) {
    if isSame(as: other) { return }
    throw RunError(
      .stalePlan, "the script's writes no longer match the journal of this run",
      help: "its files or its environment have changed: start a new run", at: span)
  }
}
