import API
import Evaluation
import JSON
import Planning
import Text

/// What the journal of a run that is resumed already holds.
///
/// A run is resumed by executing its script again from the start, not by restoring saved state. The
/// script is deterministic given its text, its parameters, `now()` and the rows it reads, so the
/// journal records exactly those: list answers and files as copies with their SHA-256, the confirmed
/// plan as a hash, and each write as an intent and an outcome. On resume this type hands the recorded
/// lists and files back in the order in which they were first read. The script then plans the same
/// writes; each is compared with its intent, and the ones with outcomes are not sent again. Nothing
/// has to serialize an interpreter in the middle of a pipeline, and a script or file that has changed
/// shows up as a difference instead of as a wrong write.
package struct Replay: Sendable {
  private(set) var past = RunHistory()
  private var directory: (any RunDirectory)?
  /// The run's start, and the fingerprint of the token of this process; `nil` for a new run.
  private var resumed: (start: RunStart, token: String)?
  private var listCount = 0
  private var fileCount = 0
  /// Settlements given by the user that are not yet recorded.
  private var settlements: [Settlement] = []

  /// A new run, of which the journal holds nothing.
  init() {}

  init(
    _ past: RunHistory, _ start: RunStart, in directory: any RunDirectory, token: String,
    settling: [Settlement]
  ) {
    self.past = past
    self.directory = directory
    resumed = (start, token)
    settlements = settling
  }

  var writes: [Int: RecordedWrite] { past.writes }
  var known: KnownIDs? { past.known }
  var doubts: Int { past.doubts.count }

  var isResumed: Bool { resumed != nil }

  /// `true` iff the run is resumed with a different token, which may be for another workspace.
  var hasOtherToken: Bool { resumed.map { $0.token != $0.start.token } ?? false }

  /// `true` iff the run's pipelines were planned one by one, and each listed the workspace by itself:
  /// version 0.1.0 did so.
  var isPlannedStepwise: Bool { resumed?.start.version == "0.1.0" }

  /// The connections in the recorded lists, by id, as they were then.
  func listedBefore() throws(RunError) -> [Int64: Connection] {
    var connections: [Int64: Connection] = [:]
    var last: [String: Int] = [:]
    for (index, list) in past.lists.enumerated() { last[list.sha256] = index }
    for (index, list) in past.lists.enumerated()
    where list.target != Request.tags(page: 1).target && last[list.sha256] == index {
      for connection in try read(list) { connections[connection.id] = connection }
    }
    return connections
  }

  /// The ids that the workspace should still have, unless somebody else deleted them.
  func idsBefore() throws(RunError) -> Set<Int64> {
    let deleted = past.writes.values.filter { $0.intent.action.definition.lifecycle == .ends }
      .compactMap { $0.intent.before?["id"]?.int }
    let written = past.writes.values.compactMap { $0.intent.before?["id"]?.int }
    return Set(try listedBefore().keys).union(past.known?.ids ?? []).union(written).subtracting(
      deleted)
  }

  func isOpen(_ write: PlannedWrite) -> Bool {
    past.writes[write.number]?.outcome?.isFinal != true
  }

  /// Returns and forgets the outcomes that the user settled by hand. Throws if one names a connection
  /// that the list doesn't show.
  mutating func removeSettlements(in list: ConnectionList) throws(RunError)
    -> [RecordedOutcome]
  {
    var outcomes: [RecordedOutcome] = []
    for one in settlements {
      guard let write = past.writes[one.number] else { continue }
      outcomes.append(try one.outcome(of: write, in: list))
    }
    settlements = []
    return outcomes
  }

  /// Takes over records that were just appended.
  mutating func apply(_ records: [JournalRecord]) {
    for record in records { past.apply(record) }
  }

  /// Returns the next list in the journal, or `nil` if there are no more. Throws if the script asks for
  /// another list than it did then.
  mutating func recordedList(_ query: ListQuery) throws(RunError) -> ConnectionList? {
    guard let list = try nextList(Request.list(query).target) else { return nil }
    return ConnectionList(try read(list), doubt: list.doubt)
  }

  /// Returns the tags in the journal, or `nil` if the script hadn't read any yet.
  mutating func recordedTags() throws(RunError) -> [Tag]? {
    guard let list = try nextList(Request.tags(page: 1).target) else { return nil }
    let answer = Answer(status: 200, body: try keptBytes(list))
    guard let tags = try? TagsAnswer(answer).tags else { throw changed(list.file) }
    return tags
  }

  /// `true` iff the script reads tags next, according to the journal.
  var expectsTags: Bool {
    listCount < past.lists.count
      && past.lists[listCount].target == Request.tags(page: 1).target
  }

  private mutating func nextList(_ target: String) throws(RunError) -> RecordedList? {
    guard listCount < past.lists.count else { return nil }
    let list = past.lists[listCount]
    listCount += 1
    guard list.target == target else { throw Self.otherWay }
    return list
  }

  private func read(_ list: RecordedList) throws(RunError) -> [Connection] {
    guard directory != nil else { return [] }
    let answer = Answer(status: 200, body: try keptBytes(list))
    guard let connections = try? ListAnswer.connections(in: answer) else {
      throw changed(list.file)
    }
    return connections
  }

  /// The text of the list; if only its differences from another one are stored, both are read.
  private func keptBytes(_ list: RecordedList) throws(RunError) -> [UInt8] {
    guard let name = list.base else { return try keptBytes(list.file, list.sha256) }
    guard let base = past.keptLists.first(where: { $0.file == name && $0.base == nil }),
      let text = ListArchive.text(
        try bytes(of: list.file), of: try keptBytes(name, base.sha256)),
      Digest.sha256(text.utf8) == list.sha256
    else { throw changed(list.file) }
    return Array(text.utf8)
  }

  private func keptBytes(_ file: String, _ sha256: String) throws(RunError) -> [UInt8] {
    let bytes = try bytes(of: file)
    guard Digest.sha256(bytes) == sha256 else { throw changed(file) }
    return bytes
  }

  private func bytes(of file: String) throws(RunError) -> [UInt8] {
    do { return try directory?.read(file) ?? [] } catch {
      throw RunError(.internalError, error.message)
    }
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

  var hasPlan: Bool { !past.plans.isEmpty }

  /// Returns the next plan in the journal and removes it.
  mutating func recordedPlan() -> PlanDigest? {
    past.plans.isEmpty ? nil : past.plans.removeFirst()
  }
}
