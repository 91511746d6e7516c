import API
import Evaluation
import Language
import Planning
import Text

/// The checks before a plan is carried out: the limits of the run and of the profile, the deadline, and
/// a person's confirmation.
struct WriteGate {
  var context: RunContext
  /// Evaluates `protect`, which reads nothing of the script.
  let evaluator: Evaluator
  /// The workspace's tags, if they are known.
  private let tags: TagDirectory?

  init(_ context: RunContext, _ environment: Environment) {
    self.context = context
    tags = environment.tags
    evaluator = Evaluator(Environment(now: environment.now, process: environment.process))
  }

  // MARK: Limits

  /// Throws with exit 5 if the plan exceeds a limit, or if the profile protects a target.
  /// `listed` are the connections of the workspace; `sentBefore` counts the run's earlier writes.
  func requireAllowed(
    _ plan: Plan, among listed: [Connection]?, sentBefore: Int, at span: SourceSpan?
  ) throws(RunError) {
    try context.guards.check(plan, sentBefore: sentBefore)
    try MaskGuard.check(plan.writes)
    try requireUnprotected(plan.writes, among: listed, at: span)
  }

  /// Throws with exit 5 if the profile is read-only. `use` says what writes.
  func requireWritable(_ use: String, help: String, at span: SourceSpan? = nil) throws(RunError) {
    guard let profile = context.guards.profile, profile.isReadOnly else { return }
    throw RunError(
      .guardRefused, "the profile `\(profile.name)` is read-only, but \(use)", help: help, at: span)
  }

  /// Throws if this number of seconds isn't left before the deadline.
  func requireTime(_ seconds: Double) throws(RunError) {
    guard let deadline = context.execution.deadline else { return }
    let left = max(0, deadline - context.uptime())
    guard left <= 0 || seconds > left else { return }
    throw RunError(
      .limited,
      "the writes take \(DurationText.text(seconds)), but the deadline leaves \(DurationText.text(left))",
      help: "use a longer --deadline or select fewer connections; nothing in this plan was sent")
  }

  // MARK: Protection

  /// Throws with exit 5 if the profile protects a connection that the writes change. Existing
  /// connections are judged as listed, new ones as they would be created.
  ///
  /// In a plan that was confirmed earlier (`isConfirmed`), connections that have since disappeared are
  /// ignored; otherwise they are refused, because nothing shows whether the profile protects them.
  func requireUnprotected(
    _ writes: [PlannedWrite], among listed: [Connection]?, at span: SourceSpan?,
    isConfirmed: Bool = false
  ) throws(RunError) {
    guard let profile = context.guards.profile, let protection = profile.protection else { return }
    let targets = try targets(of: writes, among: listed ?? [], at: span, isConfirmed)
    var protected: [Connection] = []
    for target in targets {
      let titled = tags.map(target.titled) ?? target
      if try protection.holds(titled, evaluator) { protected.append(target) }
    }
    if !protected.isEmpty {
      throw RunError.protects(protected, of: targets.count, profile.name, protection)
    }
  }

  /// The distinct connections that the writes change, and those that they would create.
  private func targets(
    of writes: [PlannedWrite], among listed: [Connection], at span: SourceSpan?, _ isConfirmed: Bool
  ) throws(RunError) -> [Connection] {
    let created = writes.compactMap { write in
      write.newID.flatMap { write.simulatedEffect(newID: $0) }
    }
    var seen = Set(created.map(\.id))
    let ids = writes.compactMap(\.id).filter { seen.insert($0).inserted }
    let byID = listed.byID
    let missing = ids.filter { byID[$0] == nil }
    if !missing.isEmpty, !isConfirmed { throw RunError.unlisted(missing, span) }
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
