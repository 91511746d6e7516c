import API
import ConnectionsClient
import Evaluation
import JSON
import Language
import Planning
import Text

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
      return Selection(set: titled(set))
    }
  }

  /// Returns the rows with the titles of their tags, if the script reads them.
  func titled(_ set: RowSet) -> RowSet {
    guard readsTitles, let tags = view.tags else { return set }
    return RowSet(set.schema, set.rows.map { $0.titled(by: tags) })
  }

  /// The rows of a source that needs no server; `nil` if they are unknown.
  mutating func rows(_ source: CheckedSource) throws(RunError) -> RowSet? {
    switch source.kind {
    case .file(let file): return try self.file(file, source)
    case .variable(let name):
      if case .rows(let set) = environment.variables[name] { return set } else { return nil }
    case .lastResult: return environment.lastResult
    case .nothing: return RowSet(.empty, [Row(values: [])])
    case .list, .get: return nil
    }
  }

  /// Reads a file of rows. Throws if its columns have changed since the script was checked.
  private mutating func file(_ file: DataFile, _ source: CheckedSource) throws(RunError) -> RowSet {
    let path = file.path
    let recorded = try recorder?.replay.recordedFile(path)
    let content = try content(of: file, recorded, source)
    let read: SnapshotFile
    do { read = try content.rows() } catch {
      throw RunError(.usage, error.message, at: source.span)
    }
    let set = read.set
    tell(read.notes, of: file.name)
    if recorded == nil {
      let feedsCredentials = confidentialFiles.contains(path)
      try recorder?.record(
        InputFile(path: path, bytes: content.bytes, rows: set, feedsCredentials: feedsCredentials))
    }
    guard set.schema == source.schema else {
      throw RunError(
        .usage, "the columns of `\(file.name)` have changed since the script was checked",
        at: source.span)
    }
    return set
  }

  /// Tells once how a file was read; what was planned together was told when it was planned.
  private mutating func tell(_ notes: [FileNote], of path: String) {
    guard block == nil, filesRead.insert(path).inserted else { return }
    for note in notes where !note.isDetail || context.showsDetails {
      context.output.talk("`\(path)`: \(note.text)")
    }
  }

  /// Returns the file's content. A resumed run uses the recorded content.
  private func content(of file: DataFile, _ recorded: RecordedFile?, _ source: CheckedSource)
    throws(RunError) -> DataContent
  {
    let path = file.path
    // What stdin held then can't be read again.
    if file.isStandardInput, let kept = recorded?.bytes { return DataContent(file, kept) }
    let present: DataContent
    do { present = try context.disk.data(file) } catch {
      if let kept = recorded?.bytes { return changed(file, kept) }
      throw RunError(.usage, error.message, at: source.span)
    }
    guard let recorded, Digest.sha256(present.bytes) != recorded.sha256 else { return present }
    if let kept = recorded.bytes { return changed(file, kept) }
    let rows = try? present.rows().set
    let feedsCredentials = confidentialFiles.contains(path)
    if rows?.blankedDigest(feedsCredentials: feedsCredentials) == recorded.sha256 { return present }
    throw RunError(
      .stalePlan,
      "`\(path)` has changed since the run started, and no copy was kept because it may hold a "
        + "credential", help: "restore its old content, or start a new run")
  }

  /// Says that a file has changed; returns its content of then.
  private func changed(_ file: DataFile, _ kept: [UInt8]) -> DataContent {
    context.output.talk(
      "`\(file.path)` has changed since the run started; its rows are used as they were then.")
    return DataContent(file, kept)
  }

  private mutating func listed(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    async throws(RunError) -> Selection?
  {
    let (isAll, source) = (!pushdown.query.isFiltered, pipeline.source)
    guard let list = try await list(pushdown.query, context.mode.reader, source.span) else {
      return nil
    }
    let chosen = try chosen(list, source)
    listing = Listing(RowSet(list.connections), isNarrowed: !isAll)
    return Selection(
      set: titled(RowSet(chosen)), population: isAll ? list.connections : nil)
  }

  /// Returns the answer to a list, as simulated writes would leave it. Without a reader, a dry run prints
  /// the call instead.
  private mutating func list(
    _ query: ListQuery, _ reader: (any ConnectionReader)?, _ span: SourceSpan
  ) async throws(RunError) -> ConnectionList? {
    printList(query, span)
    guard let reader else { return nil }
    var answer = view.answer(to: query)
    if answer == nil {
      answer = try await view.list(query, reader, context, &recorder, &report, at: span)
    }
    guard let answer else { return nil }
    try masks.check(answer.connections, at: span)
    if isOfWorkspace(reader) { view.store(answer.connections) }
    return ConnectionList(view.simulated.applied(to: answer.connections), doubt: answer.doubt)
  }

  /// Prints the list call in a dry run without a snapshot.
  private mutating func printList(_ query: ListQuery, _ span: SourceSpan) {
    guard case .dryRun(_, nil) = context.mode, view.answer(to: query) == nil else { return }
    view.answers[query] = ConnectionList([])
    show(CallPrinter.Entry(.list(query), effect: .read, span: span))
  }

  /// The connections that `get` names, in its order; throws if one is missing.
  private func chosen(_ list: ConnectionList, _ source: CheckedSource) throws(RunError)
    -> [Connection]
  {
    guard case .get(let expressions) = source.kind else { return list.connections }
    let byID = list.connections.byID
    let ids = try Identifiers.values(expressions, evaluator)
    let missing = ids.filter { byID[$0] == nil }
    guard missing.isEmpty else { throw .unlisted(missing, list.doubt, at: source.span) }
    return ids.compactMap { byID[$0] }
  }

  // MARK: Targets

  /// Returns the rows with the current state of their connections, listing the workspace if necessary.
  /// Rows from a file, a variable or a snapshot may be stale, but guards and `undo` need current ones.
  mutating func upToDate(_ selection: Selection, _ pipeline: CheckedPipeline)
    async throws(RunError) -> Selection
  {
    let ids = Set(selection.set.rows.compactMap { $0.connection?.id })
    guard pipeline.writesToRows, !ids.isEmpty, !isListed(pipeline) else { return selection }
    var population = selection.population
    if !view.hasSeen(ids, withTags: pipeline.changesTags) {
      var query = guardQuery
      query.includesTags = query.includesTags || pipeline.changesTags
      population = try await whole(query, pipeline.source.span)?.connections ?? population
    }
    let present = view.connections(ids)
    try requireSameApplications(selection.set, present, pipeline)
    let rows = selection.set.rows.map { row in
      row.connection.map { row.standing(for: present[$0.id]) } ?? row
    }
    return Selection(set: titled(RowSet(selection.set.schema, rows)), population: population)
  }

  /// Refuses rows of another workspace, whose ids mean other connections here: a connection never
  /// changes its application.
  private func requireSameApplications(
    _ set: RowSet, _ present: [Int64: Connection], _ pipeline: CheckedPipeline
  ) throws(RunError) {
    for connection in set.rows.compactMap(\.connection) {
      guard let own = connection.member("application")?.string, let other = present[connection.id]
      else { continue }
      try other.requireApplication(own, at: pipeline.source.span)
    }
  }

  private func isListed(_ pipeline: CheckedPipeline) -> Bool {
    guard pipeline.lists, let reader = context.mode.reader else { return false }
    return isOfWorkspace(reader)
  }

  /// `true` iff the reader lists the workspace being changed. If nothing will be changed, a snapshot
  /// counts as the workspace.
  private func isOfWorkspace(_ reader: any ConnectionReader) -> Bool {
    reader.isRemote || !context.mode.leadsToWrites
  }

  /// Lists the workspace. Returns `nil` in a dry run, which prints the call instead.
  mutating func whole(_ query: ListQuery, _ span: SourceSpan) async throws(RunError)
    -> ConnectionList?
  {
    let reader = context.mode.leadsToWrites ? context.workspaceReader : context.mode.reader
    guard reader != nil || isDryRun else {
      throw RunError(.internalError, "nothing can list the workspace", at: span)
    }
    return try await list(query, reader, span)
  }

  /// Returns the connections of the workspace as the profile's guards need them, listing it unless the
  /// pipeline has just done so. Rows from a file or a variable may be stale or lack tags.
  mutating func listing(
    for writes: [PlannedWrite], _ targets: Selection, _ pipeline: CheckedPipeline
  ) async throws(RunError) -> [Connection]? {
    let open = writes.filter { recorder?.replay.isOpen($0) ?? true }
    guard let profile = context.guards.profile, profile.readsWorkspace(for: open),
      targets.population == nil || !view.isFresh
    else { return targets.population }
    if isDryRun { return targets.population }
    if view.isFresh, let known = view.answer(to: guardQuery) { return known.connections }
    guard let reader = isLive || isPlanning ? context.workspaceReader : context.mode.reader else {
      throw RunError(.internalError, "nothing can list the workspace", at: pipeline.span)
    }
    return try await view.ask(guardQuery, reader, context, &report, at: pipeline.source.span)
      .connections
  }

  /// Returns the number of connections that no runtime user made, if a limit in percent needs it: the
  /// stricter of the two populations counts.
  mutating func populationWithoutRuntime(for part: Plan.Part, _ pipeline: CheckedPipeline)
    async throws(RunError) -> Int?
  {
    guard context.guards.percentText != nil, part.population != nil, !part.writes.isEmpty,
      pipeline.populationHasRuntime
    else { return nil }
    return try await whole(ListQuery(), pipeline.source.span)?.connections.count { $0.id > 0 }
  }

  /// Lists every connection, with what the profile's guards read.
  private var guardQuery: ListQuery {
    var query = ListQuery()
    query.includesRuntimeConnections = true
    query.includesTags = context.guards.profile?.readsTags ?? false
    return query
  }
}

extension RunError {
  /// `doubt` is the reason why the list may be incomplete, if it may be.
  fileprivate static func unlisted(_ ids: [Int64], _ doubt: String?, at span: SourceSpan)
    -> RunError
  {
    let names = ids.map(String.init).joined(separator: ", ")
    guard let doubt else {
      return RunError(
        .guardRefused, "no connection has the id \(names)",
        help: "only `list with runtime` lists runtime connections", at: span)
    }
    return RunError(
      .guardRefused, "the list doesn't show \(names), but may be incomplete: \(doubt)",
      help: "look \(ids.count.agreeing("it", "them")) up in Workato", at: span)
  }
}

extension CheckedPipeline {
  fileprivate var writesToRows: Bool {
    stages.compactMap(\.write).contains { !$0.action.definition.creates }
  }
}
