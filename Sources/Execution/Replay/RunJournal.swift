import API
import Evaluation
import Language
import Planning

/// The journal of a run, in both directions: what an earlier process wrote to it, and what this one
/// appends.
package struct RunJournal: Sendable {
  private var writer: JournalWriter
  package internal(set) var replay: Replay

  /// Starts a new run; `time` returns the wall-clock time in UTC.
  package init(
    _ store: any RunStore, _ start: RunStart, keeping attachment: JournalWriter.Attachment? = nil,
    time: @escaping @Sendable () -> String
  ) {
    writer = JournalWriter(store, start, keeping: attachment, time: time)
    replay = Replay()
  }

  /// Resumes the run in `directory`. `token` is the fingerprint of this process's token.
  package init(
    _ store: any RunStore, _ start: RunStart, in directory: any RunDirectory,
    after journal: ParsedJournal, _ past: RunHistory, token: String, settling: [Settlement] = [],
    time: @escaping @Sendable () -> String
  ) {
    writer = JournalWriter(store, start, in: directory, after: journal, past, time: time)
    replay = Replay(past, start, in: directory, token: token, settling: settling)
  }

  package var directory: (any RunDirectory)? { writer.directory }

  /// `false` iff the run can't be resumed because its script was not kept.
  package var canResume: Bool { writer.canResume }

  /// The reason why the script isn't kept.
  package var obstacle: String { writer.obstacle }

  /// Throws if what is appended couldn't be found again.
  func requireInPlace() throws(DiskError) { try writer.requireInPlace() }

  /// `true` iff the journal's file was removed or replaced.
  package var isLost: Bool {
    do { try directory?.requireInPlace() } catch { return true }
    return false
  }

  /// `true` iff no write was started, so that a new run does the same. A plan can't have a new run.
  var leavesNothing: Bool { replay.writes.isEmpty && !writer.appliesPlan }

  /// Creates the run's directory and the start of its journal, unless they exist.
  mutating func open() throws(DiskError) { try writer.open() }

  package mutating func append(_ records: [JournalRecord]) throws(DiskError) {
    try writer.append(records)
    replay.apply(records)
  }

  /// Records a list that the script uses.
  mutating func keep(_ list: ConnectionList, _ query: ListQuery) throws(DiskError) {
    try writer.keep(list, query)
  }

  /// Records the tags that the script uses.
  mutating func keep(_ tags: [Tag]) throws(DiskError) { try writer.keep(tags) }

  /// Records a file whose rows the script uses.
  mutating func record(_ file: InputFile) throws(RunError) { try writer.record(file) }

  /// Records the user's settlements of writes in doubt. Throws, without recording any, if a settlement
  /// names a connection that the list doesn't show.
  mutating func settle(in list: ConnectionList) throws(RunError) {
    let outcomes = try replay.removeSettlements(in: list)
    guard !outcomes.isEmpty else { return }
    do { try append(outcomes.map(JournalRecord.outcome)) } catch {
      throw RunError(.internalError, "couldn't record the settlement: \(error.message)")
    }
  }
}

extension PlanDigest {
  /// Throws with exit 6 unless `other` is the same plan, which was confirmed.
  func require(_ other: PlanDigest, at span: SourceSpan?) throws(RunError) {
    if isSame(as: other) { return }
    throw RunError(
      .stalePlan, "the script's writes no longer match the journal of this run",
      help: "its files or its environment have changed: start a new run", at: span)
  }
}
