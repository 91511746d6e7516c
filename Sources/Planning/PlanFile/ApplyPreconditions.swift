import Evaluation
import JSON
import Language
import Text

/// Checks whether a plan may be applied: its age, its workspace and whether it was applied before.
package struct ApplyPreconditions: Sendable {
  package let workspace: WorkspaceIdentity
  /// `nil` for a run that resumes its own plan.
  package let used: (any UsedPlans)?
  /// The current time.
  package let now: Timestamp
  package let maxAge: TimeSpan
  /// The run that resumes the plan; `nil` for a new run.
  let run: String?

  package static let defaultAge = TimeSpan(microseconds: 24 * 3_600_000_000)
  /// The allowed difference between two clocks: 5 minutes.
  private static let tolerance = TimeSpan(microseconds: 300_000_000)

  package init(
    workspace: WorkspaceIdentity, used: (any UsedPlans)?, now: Timestamp,
    maxAge: TimeSpan = ApplyPreconditions.defaultAge, run: String? = nil
  ) {
    self.workspace = workspace
    self.used = used
    self.now = now
    self.maxAge = maxAge
    self.run = run
  }

  /// Returns the preconditions for resuming an interrupted plan: the same host, with any token. The
  /// profile is that of the run; a `default` profile set since then doesn't stop it halfway.
  package static func resuming(_ file: PlanFile, on workspace: WorkspaceIdentity)
    -> ApplyPreconditions
  {
    let planned = file.header.workspace
    return ApplyPreconditions(
      workspace: WorkspaceIdentity(
        host: workspace.host, fingerprint: planned.fingerprint, profile: planned.profile),
      used: nil, now: file.header.created)
  }

  /// Throws with exit code 6 if the plan may not be applied.
  package func check(_ file: PlanFile) throws(RunError) {
    if let user = used?.run(using: file.hash), user.isEmpty || user != run {
      throw usedBefore(by: user)
    }
    try checkAge(file.header.created)
    try checkWorkspace(file.header.workspace)
  }

  /// Records that `run` is applying the plan. Throws if another run has already applied it.
  package func use(_ file: PlanFile, by run: String) throws(RunError) {
    do throws(DiskError) {
      if try used?.markApplied(file.hash, by: run) ?? true { return }
    } catch {
      throw RunError(
        .internalError, "can't record that the plan is being applied: \(error.message)",
        help: "nothing was sent")
    }
    throw usedBefore(by: used?.run(using: file.hash) ?? "")
  }

  private func checkAge(_ created: Timestamp) throws(RunError) {
    let age = now.microseconds.subtractingReportingOverflow(created.microseconds).partialValue
    if age < -Self.tolerance.microseconds {
      throw RunError(
        .stalePlan, "the plan's creation time (\(created)) is in the future",
        help: "check the system clock")
    }
    guard age > maxAge.microseconds else { return }
    throw RunError(
      .stalePlan, "the plan is \(TimeSpan(microseconds: age)) old; plans expire after \(maxAge)",
      help: PlanFile.planAgain + ", or allow its age with --max-age")
  }

  private func checkWorkspace(_ wanted: WorkspaceIdentity) throws(RunError) {
    guard wanted.host.hasSameBytes(as: workspace.host) else {
      let option = wanted.host == "simulator" ? "--simulator" : "--host \(wanted.host)"
      throw RunError(
        .stalePlan, "the plan is for \(wanted.host), but this run uses \(workspace.host)",
        help: "choose its workspace with `\(option.escapingHiddenCharacters())`")
    }
    guard wanted.fingerprint.hasSameBytes(as: workspace.fingerprint) else {
      throw RunError(
        .stalePlan,
        "the plan was created with another token: its fingerprint is \(wanted.fingerprint), "
          + "this one's \(workspace.fingerprint)", help: PlanFile.planAgain)
    }
    try checkProfile(wanted.profile)
  }

  /// Requires the profile the plan was created with. A profile's guards are not part of the plan,
  /// so without the profile nothing would enforce them.
  private func checkProfile(_ wanted: String?) throws(RunError) {
    let present = workspace.profile
    guard wanted.map({ Array($0.utf8) }) != present.map({ Array($0.utf8) }) else { return }
    throw RunError(
      .stalePlan,
      "the plan was created \(Self.phrase(of: wanted)), but this run was started "
        + Self.phrase(of: present),
      help: wanted.map { "use `--profile \($0.escapingHiddenCharacters())`" }
        ?? PlanFile.planAgain)
  }

  private static func phrase(of profile: String?) -> String {
    profile.map { "with the profile `\($0.escapingHiddenCharacters())`" } ?? "without a profile"
  }

  private func usedBefore(by run: String) -> RunError {
    let shown = run.escapingHiddenCharacters()
    if !run.isEmpty, used?.canResume(run) == true {
      return RunError(
        .stalePlan, "this plan is already being applied by run \(shown), which was interrupted",
        help: "conn resume \(shown) continues it")
    }
    let way = run.isEmpty ? "" : "conn show \(shown) shows how far it got; "
    return RunError(
      .stalePlan, "this plan has already been applied; a plan can be applied only once",
      help: way + PlanFile.planAgain)
  }
}

/// A record of the plans that have been applied. A plan is applied at most once, by one run.
package protocol UsedPlans: Sendable {
  /// Returns the run that started to apply the plan: `nil` if none did, an empty string if it is
  /// not known which one.
  func run(using hash: String) -> String?
  /// `true` iff the run that started to apply the plan can be resumed.
  func canResume(_ run: String) -> Bool
  /// Records that `run` is about to apply the plan; the record is on disk when this returns.
  /// Returns `false` if another run, in any process, was recorded first.
  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool
}
