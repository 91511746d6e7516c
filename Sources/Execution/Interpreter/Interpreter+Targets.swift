import API
import ConnectionsClient
import Evaluation
import Language
import Planning

/// What a pipeline is about to write to.
extension Interpreter {
  /// Returns the rows, each for its connection as the workspace has it, and the workspace where it was
  /// listed for that: rows of a file, a variable or a snapshot may be out of date, and what is judged
  /// by them, or kept for `undo`, must not be.
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

  /// `true` iff the pipeline begins with a list of the workspace.
  private func isListed(_ pipeline: CheckedPipeline) -> Bool {
    guard pipeline.lists, let reader = context.mode.reader else { return false }
    return isOfWorkspace(reader)
  }

  /// `true` iff what the reader lists is what is written to. Where nothing is, a snapshot stands for
  /// it.
  func isOfWorkspace(_ reader: any ConnectionReader) -> Bool { reader.isRemote || !isLive }

  /// Returns the workspace as it is, or `nil` where nothing is sent; then the call is printed.
  private mutating func present(_ span: SourceSpan) async throws(RunError) -> [Connection]? {
    var query = ListQuery()
    query.includesRuntimeConnections = true
    query.includesTags = context.guards.profile?.readsTags ?? false
    printList(query, span)
    guard let reader = isLive ? context.workspaceReader : context.mode.reader else {
      if isDryRun { return nil }
      throw RunError(.internalError, "nothing lists the workspace", at: span)
    }
    let answer = try await list(query, reader, span)
    seen.take(answer)
    return pretended.applied(to: answer)
  }
}

extension CheckedPipeline {
  /// `true` iff it changes connections that are there.
  fileprivate var writesToRows: Bool {
    stages.contains { stage in
      guard case .write(let action, _)? = StageDefinition.named(stage.name)?.meaning else {
        return false
      }
      return action != .create
    }
  }
}

extension RunMode {
  /// What lists the workspace, or a snapshot of it; `nil` where nothing does.
  package var reader: (any ConnectionReader)? {
    switch self {
    case .preview(_, let reader), .planning(let reader), .live(let reader, _): reader
    case .dryRun(_, let snapshot): snapshot
    }
  }
}
