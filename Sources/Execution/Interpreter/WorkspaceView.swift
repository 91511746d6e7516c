import API
import ConnectionsClient
import Evaluation
import Language
import Planning

/// The workspace as a run sees it: what was listed and written so far, and what is only simulated.
///
/// A resumed run has the same view at the same point, because it replays the same answers.
struct WorkspaceView: Sendable {
  var simulated = WorkspaceOverlay()
  /// `true` iff the last list came from the server, not from the journal or a snapshot.
  private(set) var isFresh = false
  /// The workspace's tags, once the run has read them.
  var tags: TagDirectory?
  /// The reason why the tags, which were asked for only to explain a condition, can't be read.
  var tagsProblem: RunError?
  /// `true` iff a dry run has printed the call that reads the tags.
  var hasPrintedTags = false
  /// Remaining retries of the run, for lists and writes together.
  var budget = RetryBudget()
  /// The last list of every connection; `nil` if all lists were filtered or incomplete.
  private(set) var whole: [Connection]?
  /// The answers to the lists of the current statement or block.
  var answers: [ListQuery: ConnectionList] = [:]
  /// The connections in the answers to the run's lists and writes.
  private var seen: [Int64: Connection] = [:]
  /// The connections that the run has created, which complete lists show.
  private(set) var created: Set<Int64> = []
  private(set) var hasBegun = false
  var listNotice = ListNotice()

  /// Returns the connection as it was last seen, with simulated writes; `nil` if it was not.
  func connections(_ ids: Set<Int64>) -> [Int64: Connection] {
    simulated.applied(to: ids.compactMap { seen[$0] }).byID
  }

  /// `true` iff all of these connections were seen, with their tags if those are needed.
  func hasSeen(_ ids: Set<Int64>, withTags needsTags: Bool) -> Bool {
    ids.allSatisfy { id in
      seen[id].map { !needsTags || $0.member("tags") != nil } ?? false
    }
  }

  mutating func store(_ list: [Connection]) {
    for connection in list { seen[connection.id] = connection }
  }

  /// Returns the answer that a list of the same statement had, as long as nothing was written; also if
  /// that list included tags and this one needn't.
  func answer(to query: ListQuery) -> ConnectionList? {
    if let answer = answers[query] { return answer }
    var tagged = query
    tagged.includesTags = true
    return answers[tagged]
  }

  /// Takes over what the journal holds about the run's writes.
  mutating func follow(_ writes: [Int: RecordedWrite]) {
    (created, hasBegun) = (writes.created, !writes.isEmpty)
  }

  /// Updates the view after a write that was or may have been applied; without a full answer, the
  /// connection is forgotten, so that it is listed again when it is needed.
  mutating func store(_ write: PlannedWrite, _ outcome: Outcome) {
    switch outcome.kind {
    case .unchanged, .skipped, .rejected: return
    case .done, .failed, .gone, .unknown: break
    }
    answers = [:]
    if let id = write.id { seen[id] = nil }
    guard outcome.kind == .done, write.call.success == .connection,
      let connection = outcome.connection
    else { return }
    seen[connection.id] = connection
  }

  /// Forgets everything but what is simulated, for another run.
  mutating func begin() {
    let simulated = simulated
    self = WorkspaceView()
    self.simulated = simulated
  }
}

// MARK: Lists

extension WorkspaceView {
  /// Lists the workspace. A resumed run uses the recorded answer.
  mutating func list(
    _ query: ListQuery, _ reader: any ConnectionReader, _ context: RunContext,
    _ recorder: inout RunJournal?, _ report: inout RunReport, at span: SourceSpan
  ) async throws(RunError) -> ConnectionList {
    if let list = try recorder?.replay.recordedList(query) {
      isFresh = false
      listNotice.tell(list, context.output)
      answers[query] = list
      return list
    }
    isFresh = reader.isRemote
    let answer = try await ask(query, reader, context, &report, at: span)
    if !query.isFiltered, answer.isComplete { whole = answer.connections }
    answers[query] = answer
    try keep(context, at: span) { () throws(DiskError) in try recorder?.keep(answer, query) }
    return answer
  }

  /// Records an answer that the script uses, unless the run was interrupted.
  func keep(
    _ context: RunContext, at span: SourceSpan?, _ record: () throws(DiskError) -> Void
  ) throws(RunError) {
    if context.mode.isLive, context.isInterrupted() { throw RunError.interrupted }
    do { try record() } catch {
      throw RunError(.internalError, "can't record the run: \(error.message)", at: span)
    }
  }

  mutating func ask(
    _ query: ListQuery, _ reader: any ConnectionReader, _ context: RunContext,
    _ report: inout RunReport, at span: SourceSpan? = nil
  ) async throws(RunError) -> ConnectionList {
    if reader.isRemote { report.lists += 1 }
    let answer = try await patiently(context, at: span) { patience throws(ClientError) in
      try await reader.list(query, &patience)
    }
    let expects = reader.isRemote && !query.isFiltered
    let list = expects ? answer.requiring(created) : answer
    listNotice.tell(list, context.output)
    return list
  }

  /// Makes a call with the run's retry policy.
  mutating func patiently<Answer: Sendable>(
    _ context: RunContext, at span: SourceSpan?,
    _ call: (inout RunRetryPolicy) async throws(ClientError) -> Answer
  ) async throws(RunError) -> Answer {
    var patience = RunRetryPolicy(context, budget, hasBegun: hasBegun)
    defer { budget = patience.budget }
    do { return try await call(&patience) } catch {
      if context.isInterrupted() { throw RunError.interrupted }
      throw RunError(error, at: span)
    }
  }
}
