import API
import ConnectionsClient
import Evaluation
import Language
import Planning

/// Refreshes the rows that a pipeline is about to change.
extension Interpreter {
  /// Returns the rows with the current state of their connections, listing the workspace if necessary.
  /// Rows from a file, a variable or a snapshot may be stale, but guards and `undo` need current ones.
  mutating func upToDate(_ selection: Selection, _ pipeline: CheckedPipeline)
    async throws(RunError) -> Selection
  {
    let ids = Set(selection.set.rows.compactMap { $0.connection?.id })
    guard pipeline.writesToRows, !ids.isEmpty, !isListed(pipeline) else { return selection }
    var population = selection.population
    if !ids.allSatisfy({ seen[$0] != nil }) {
      population = try await present(pipeline.source.span) ?? population
    }
    let present = Dictionary(
      pretended.applied(to: ids.compactMap { seen[$0] }).map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    let rows = selection.set.rows.map { row in
      row.connection.map { row.standing(for: present[$0.id]) } ?? row
    }
    return Selection(set: RowSet(selection.set.schema, rows), population: population)
  }

  /// `true` iff the pipeline starts with a list of the workspace.
  private func isListed(_ pipeline: CheckedPipeline) -> Bool {
    guard pipeline.lists, let reader = context.mode.reader else { return false }
    return isOfWorkspace(reader)
  }

  /// `true` iff the reader lists the workspace being changed. If nothing will be changed, a snapshot
  /// counts as the workspace.
  func isOfWorkspace(_ reader: any ConnectionReader) -> Bool { reader.isRemote || !isLive }

  /// Lists the workspace. Returns `nil` in a dry run, which prints the call instead.
  private mutating func present(_ span: SourceSpan) async throws(RunError) -> [Connection]? {
    var query = ListQuery()
    query.includesRuntimeConnections = true
    query.includesTags = context.guards.profile?.readsTags ?? false
    printList(query, span)
    guard let reader = isLive ? context.workspaceReader : context.mode.reader else {
      if isDryRun { return nil }
      throw RunError(.internalError, "nothing can list the workspace", at: span)
    }
    let answer = try await list(query, reader, span)
    seen.store(answer)
    return pretended.applied(to: answer)
  }
}

extension CheckedPipeline {
  /// `true` iff it changes existing connections.
  fileprivate var writesToRows: Bool {
    stages.compactMap(\.write).contains { !$0.action.definition.creates }
  }
}

extension RunMode {
  /// The reader of the workspace or of a snapshot; `nil` if there is none.
  package var reader: (any ConnectionReader)? {
    switch self {
    case .preview(_, let reader), .planning(let reader), .live(let reader, _): reader
    case .dryRun(_, let snapshot): snapshot
    }
  }
}
