import API
import Evaluation
import Language
import Planning
import Text

/// Enforces the profile's `read_only` and `protect` before the first write.
extension Interpreter {
  /// Throws with exit 5 if the profile is read-only; for applying a plan.
  func requireWritable() throws(RunError) {
    guard let profile = context.guards.profile, profile.isReadOnly else { return }
    throw RunError(
      .guardRefused, "the profile `\(profile.name)` is read-only, but the plan writes",
      help: "nothing was sent; conn show prints what it would do")
  }

  /// Throws with exit 5 if the script writes and the profile is read-only.
  func requireWritable(_ script: CheckedScript) throws(RunError) {
    guard isLive, let profile = context.guards.profile, profile.isReadOnly,
      let stage = script.statements.flatMap(\.pipelines).flatMap(\.stages)
        .first(where: { $0.effect > .read })
    else { return }
    throw RunError(
      .guardRefused, "the profile `\(profile.name)` is read-only, but `\(stage.name)` writes",
      help: "--dry-run and --preview show what it would do", at: stage.pipelineSpan)
  }

  /// Returns the plan with the connections that the profile's guards need, listing the workspace unless
  /// the pipeline has just listed it. Rows from a file or a variable may be stale or lack tags.
  mutating func proving(_ plan: WritePlan, of pipeline: CheckedPipeline) async throws(RunError)
    -> WritePlan
  {
    guard let profile = context.guards.profile, profile.readsWorkspace(for: plan),
      !isListedNow(plan)
    else { return plan }
    guard let reader = context.workspaceReader else {
      throw RunError(.internalError, "nothing can list the workspace", at: pipeline.span)
    }
    var query = ListQuery()
    query.includesRuntimeConnections = true
    query.includesTags = profile.readsTags
    return WritePlan(
      bound: plan.bound, selected: plan.selected, writes: plan.writes,
      population: try await ask(reader, query, at: pipeline.source.span))
  }

  private func isListedNow(_ plan: WritePlan) -> Bool {
    switch context.mode {
    case .live, .planning: plan.population != nil && listIsFresh
    case .dryRun, .preview: false
    }
  }

  /// Throws with exit 5 if the profile protects a connection that the plan changes. Existing
  /// connections are judged as listed, new ones as they would be created.
  ///
  /// `isKnown` is `true` iff the plan was confirmed earlier; then a connection that is no longer listed
  /// needs no protection.
  func requireUnprotected(_ plan: WritePlan, at span: SourceSpan?, isKnown: Bool = false)
    throws(RunError)
  {
    guard let profile = context.guards.profile, let protection = profile.protection else { return }
    let targets = try targets(of: plan, at: span, isKnown)
    let evaluator = Evaluator(Environment(now: environment.now, process: environment.process))
    let protected = try targets.filtering { target throws(RunError) in
      try protection.holds(target, evaluator)
    }
    if !protected.isEmpty {
      throw RunError.protects(protected, of: targets.count, profile.name, protection)
    }
  }

  /// The distinct connections that the writes change, and those that they would create.
  private func targets(of plan: WritePlan, at span: SourceSpan?, _ isKnown: Bool)
    throws(RunError) -> [Connection]
  {
    let created = plan.writes.enumerated().compactMap { index, write in
      write.creates ? write.simulatedEffect(newID: -Int64(index + 1)) : nil
    }
    var seen = Set(created.map(\.id))
    let ids = plan.writes.compactMap(\.id).filter { seen.insert($0).inserted }
    let byID = Dictionary(
      (plan.population ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let missing = ids.filter { byID[$0] == nil }
    if !missing.isEmpty, !isKnown { throw RunError.unlisted(missing, span) }
    return ids.compactMap { byID[$0] } + created
  }
}

extension ProfileGuards.Protection {
  /// Evaluates the predicate. Errors point to the configuration, not to the script.
  fileprivate func holds(_ connection: Connection, _ evaluator: Evaluator) throws(RunError) -> Bool
  {
    do {
      return try evaluator.holds(predicate, Row(connection))
    } catch {
      throw RunError(
        .guardRefused, "can't evaluate `protect` (\(location)): \(error.message)", help: error.help)
    }
  }
}

extension RunError {
  fileprivate static func protects(
    _ connections: [Connection], of count: Int, _ profile: String,
    _ protection: ProfileGuards.Protection
  ) -> RunError {
    let which = count == 1 ? "the connection" : "\(connections.count) of the \(count) connections"
    return RunError(
      .guardRefused,
      "the profile `\(profile)` protects \(which) that would be changed: "
        + connections.briefly(Connection.briefName),
      help: "`protect` is `\(protection.text)` (\(protection.location)); "
        + "exclude the connections it matches, or change the profile")
  }

  fileprivate static func unlisted(_ ids: [Int64], _ span: SourceSpan?) -> RunError {
    RunError(
      .guardRefused,
      "can't tell whether the profile protects \(ids.briefly(String.init)): "
        + "the server does not list \(ids.count.agreeing("it", "them"))",
      help: "list the connections again", at: span)
  }
}

extension Array {
  fileprivate func filtering(_ isKept: (Element) throws(RunError) -> Bool) throws(RunError)
    -> [Element]
  {
    var kept: [Element] = []
    for element in self where try isKept(element) { kept.append(element) }
    return kept
  }
}
