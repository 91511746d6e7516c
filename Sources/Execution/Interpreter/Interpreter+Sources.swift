import API
import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// Reads the rows that pipelines start with.
extension Interpreter {
  struct Selection {
    let set: RowSet
    /// Every connection of the workspace, if all were listed.
    var population: [Connection]?
  }

  mutating func source(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    async throws(RunError) -> Selection?
  {
    let source = pipeline.source
    switch source.kind {
    case .list, .get: return try await listed(pipeline, pushdown)
    default:
      guard let set = try rows(source) else { return nil }
      listing = Listing(set)
      return Selection(set: set)
    }
  }

  /// The rows of a source that needs no server; `nil` if they are unknown.
  mutating func rows(_ source: CheckedSource) throws(RunError) -> RowSet? {
    switch source.kind {
    case .file(let path): return try file(path, source)
    case .variable(let name):
      if case .rows(let set) = environment.variables[name] { return set } else { return nil }
    case .lastResult: return environment.lastResult
    case .nothing: return RowSet(.empty, [Row(values: [])])
    case .list, .get: return nil
    }
  }

  /// Reads a file of rows. Throws if its columns have changed since the script was checked.
  private mutating func file(_ path: String, _ source: CheckedSource) throws(RunError) -> RowSet {
    let recorded = isLive ? try recorder?.recordedFile(path) : nil
    let bytes = try bytes(of: path, recorded, source)
    let set: RowSet
    do { set = try SnapshotFile(path, bytes).set } catch {
      throw RunError(.usage, error.message, at: source.span)
    }
    if isLive, recorded == nil {
      let isKept = !confidentialFiles.contains(path) && !set.mayHoldCredentials
      try recorder?.record(InputFile(path: path, bytes: bytes, isKept: isKept))
    }
    guard set.schema == source.schema else {
      throw RunError(
        .usage, "the columns of `\(path)` have changed since the script was checked",
        at: source.span)
    }
    return set
  }

  /// Returns the file's content. A resumed run uses the recorded content.
  private func bytes(of path: String, _ recorded: RecordedFile?, _ source: CheckedSource)
    throws(RunError) -> [UInt8]
  {
    let present: [UInt8]
    do { present = try context.disk.read(path) } catch {
      if let kept = recorded?.bytes { return sayChanged(path, kept) }
      throw RunError(.usage, error.message, at: source.span)
    }
    guard let recorded, Digest.sha256(present) != recorded.sha256 else { return present }
    if let kept = recorded.bytes { return sayChanged(path, kept) }
    throw RunError(
      .stalePlan,
      "`\(path)` has changed since the run started, and no copy was kept because it may hold a "
        + "credential", help: "restore its old content, or start a new run")
  }

  private func sayChanged(_ path: String, _ kept: [UInt8]) -> [UInt8] {
    context.output.talk(
      "`\(path)` has changed since the run started; its rows are used as they were then.")
    return kept
  }

  private mutating func listed(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    async throws(RunError) -> Selection?
  {
    guard let reader = reader(pipeline, pushdown) else { return nil }
    let answer = try await list(pushdown.query, reader, pipeline.source.span)
    if isOfWorkspace(reader) { seen.store(answer) }
    let connections = pretended.applied(to: answer)
    let chosen = try chosen(connections, pipeline.source)
    let isAll = !pushdown.query.isFiltered
    listing = Listing(RowSet(.connections, connections.map { Row($0) }), isNarrowed: !isAll)
    return Selection(
      set: RowSet(.connections, chosen.map { Row($0) }), population: isAll ? connections : nil)
  }

  /// Lists the workspace. A resumed run uses the recorded answer.
  mutating func list(
    _ query: ListQuery, _ reader: any ConnectionReader, _ span: SourceSpan
  ) async throws(RunError) -> [Connection] {
    if let list = try recorder?.recordedList(query) {
      listIsFresh = false
      return list
    }
    listIsFresh = reader.isRemote
    let answer = try await ask(reader, query, at: span)
    if isLive, context.isInterrupted() { throw RunError.interrupted }
    do { try recorder?.keep(answer, query) } catch {
      throw RunError(.internalError, "can't record the run: \(error.message)", at: span)
    }
    return answer
  }

  /// Sends the list call with the run's retry policy.
  mutating func ask(
    _ reader: any ConnectionReader, _ query: ListQuery, at span: SourceSpan? = nil
  ) async throws(RunError) -> [Connection] {
    if reader.isRemote { report.lists += 1 }
    var patience = RunRetryPolicy(context, budget)
    defer { budget = patience.budget }
    do { return try await reader.list(query, &patience) } catch {
      if context.isInterrupted() { throw RunError.interrupted }
      throw RunError(error, at: span)
    }
  }

  /// The reader of the run; `nil` in a dry run without a snapshot, which prints the call instead.
  private func reader(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    -> (any ConnectionReader)?
  {
    printList(pushdown.query, pipeline.source.span)
    return context.mode.reader
  }

  /// Prints the list call in a dry run without a snapshot.
  func printList(_ query: ListQuery, _ span: SourceSpan) {
    guard case .dryRun(let printer, nil) = context.mode else { return }
    let entry = CallPrinter.Entry(request: .list(query), effect: .read, span: span)
    context.output.data(printer.text(entry, context.sources))
  }

  /// The connections that `get` names, in its order; throws if one is missing.
  private func chosen(_ connections: [Connection], _ source: CheckedSource) throws(RunError)
    -> [Connection]
  {
    guard case .get(let expressions) = source.kind else { return connections }
    let byID = Dictionary(connections.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let ids = try Identifiers.values(expressions, evaluator)
    let missing = ids.filter { byID[$0] == nil }
    guard missing.isEmpty else {
      let names = missing.map(String.init).joined(separator: ", ")
      throw RunError(
        .guardRefused, "no connection has the id \(names)",
        help: "only `list with runtime` lists runtime connections", at: source.span)
    }
    return ids.compactMap { byID[$0] }
  }
}
