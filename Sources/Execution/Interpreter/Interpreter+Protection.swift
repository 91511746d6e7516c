import API
import Evaluation
import Language
import Planning
import Text

/// What the profile forbids, judged before the first write.
extension Interpreter {
  /// The same for a plan.
  func requireWritable() throws(RunError) {
    guard let profile = context.guards.profile, profile.isReadOnly else { return }
    throw RunError(
      .guardRefused, "the profile `\(profile.name)` is read-only, and the plan writes",
      help: "nothing was sent; conn show shows what it would do")
  }

  /// Throws with exit 5 where a script that writes meets a profile that is read-only.
  func requireWritable(_ script: CheckedScript) throws(RunError) {
    guard isLive, let profile = context.guards.profile, profile.isReadOnly,
      let stage = script.statements.flatMap(\.pipelines).flatMap(\.stages)
        .first(where: { $0.effect > .read })
    else { return }
    throw RunError(
      .guardRefused, "the profile `\(profile.name)` is read-only, and `\(stage.name)` writes",
      help: "--dry-run and --preview show what it would do", at: stage.place)
  }

  /// Returns the plan beside the workspace as the server lists it, where the profile's guards read
  /// it and the pipeline has not listed it itself: rows of a file or a variable may be out of date,
  /// or have come without tags.
  mutating func proving(_ plan: WritePlan, of pipeline: CheckedPipeline) async throws(RunError)
    -> WritePlan
  {
    guard let profile = context.guards.profile, profile.readsWorkspace(for: plan),
      !isListedNow(plan)
    else { return plan }
    guard let reader = context.workspaceReader else {
      throw RunError(.internalError, "nothing lists the workspace", at: pipeline.span)
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

  /// Throws with exit 5 where the profile protects a connection that the plan writes to. It is
  /// judged as the server lists it, and a new one as it would become.
  ///
  /// `isKnown` iff the plan was confirmed before: then a connection that is not listed any more is
  /// none to protect.
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

  /// The connections that the writes act on, each once, and those that they would create.
  private func targets(of plan: WritePlan, at span: SourceSpan?, _ isKnown: Bool)
    throws(RunError) -> [Connection]
  {
    let created = plan.writes.enumerated().compactMap { place, write in
      write.action == .create ? write.simulatedEffect(newID: -Int64(place + 1)) : nil
    }
    var seen = Set(created.map(\.id))
    let ids = plan.writes.compactMap(\.call.id).filter { seen.insert($0).inserted }
    let byID = Dictionary(
      (plan.population ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let missing = ids.filter { byID[$0] == nil }
    if !missing.isEmpty, !isKnown { throw RunError.unlisted(missing, span) }
    return ids.compactMap { byID[$0] } + created
  }
}

extension ProfileGuards.Protection {
  /// What goes wrong is wrong in the configuration, and not in the script.
  fileprivate func holds(_ connection: Connection, _ evaluator: Evaluator) throws(RunError) -> Bool
  {
    do {
      return try evaluator.holds(predicate, Row(connection))
    } catch {
      throw RunError(
        .guardRefused, "`protect` (\(place)) cannot be judged: \(error.message)", help: error.help)
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
      "the profile `\(profile)` protects \(which) that would be written to: "
        + connections.briefly(Connection.briefName),
      help: "`protect` is `\(protection.text)` (\(protection.place)); "
        + "leave out what satisfies it, or change the profile")
  }

  fileprivate static func unlisted(_ ids: [Int64], _ span: SourceSpan?) -> RunError {
    RunError(
      .guardRefused,
      "whether the profile protects \(ids.briefly(String.init)) cannot be said: "
        + "the server does not list \(ids.count == 1 ? "it" : "them")",
      help: "list the connections anew", at: span)
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
