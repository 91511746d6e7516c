import Evaluation
import JSON
import Language
import Text

/// Under which terms a plan may be carried out.
package struct ApplyPreconditions: Sendable {
  package let workspace: WorkspaceIdentity
  package let used: any UsedPlans
  /// The clock.
  package let now: Timestamp
  package let mostAge: TimeSpan
  /// The run that goes on with the plan; `nil` for a new one.
  let run: String?

  package static let defaultAge = TimeSpan(microseconds: 24 * 3_600_000_000)
  /// How far two clocks may be apart.
  private static let tolerance = TimeSpan(microseconds: 300_000_000)

  package init(
    workspace: WorkspaceIdentity, used: any UsedPlans, now: Timestamp,
    mostAge: TimeSpan = ApplyPreconditions.defaultAge, run: String? = nil
  ) {
    self.workspace = workspace
    self.used = used
    self.now = now
    self.mostAge = mostAge
    self.run = run
  }

  /// The terms under which an interrupted plan goes on: where it was begun, with whatever token. Its
  /// profile, if any, is that of the run; a default that was set since is no reason to stop halfway.
  package static func goingOn(_ file: PlanFile, on workspace: WorkspaceIdentity)
    -> ApplyPreconditions
  {
    let planned = file.plan.header.workspace
    return ApplyPreconditions(
      workspace: WorkspaceIdentity(
        host: workspace.host, fingerprint: planned.fingerprint, profile: planned.profile),
      used: BegunPlan(), now: file.plan.header.created)
  }

  /// Throws with exit 6 where the plan may not be carried out.
  package func check(_ file: PlanFile) throws(RunError) {
    if let user = used.run(using: file.hash), user.isEmpty || user != run {
      throw Self.usedBefore(by: user)
    }
    try checkAge(file.plan.header.created)
    try checkWorkspace(file.plan.header.workspace)
  }

  /// Notes that the plan is carried out now, by the run. Throws where it was before, by another one.
  package func use(_ file: PlanFile, by run: String) throws(RunError) {
    do throws(DiskError) {
      if try used.markApplied(file.hash, by: run) { return }
    } catch {
      throw RunError(
        .internalError, "it cannot be noted that the plan is carried out: \(error.message)",
        help: "nothing was sent")
    }
    throw Self.usedBefore(by: used.run(using: file.hash) ?? "")
  }

  private func checkAge(_ created: Timestamp) throws(RunError) {
    let age = now.microseconds.subtractingReportingOverflow(created.microseconds).partialValue
    if age < -Self.tolerance.microseconds {
      throw RunError(
        .stalePlan, "the plan was made at \(created), which is yet to come", help: "set the clock")
    }
    guard age > mostAge.microseconds else { return }
    throw RunError(
      .stalePlan, "the plan is \(TimeSpan(microseconds: age)) old, and good for \(mostAge)",
      help: PlanFile.planAgain + ", or allow it with --max-age")
  }

  private func checkWorkspace(_ wanted: WorkspaceIdentity) throws(RunError) {
    guard wanted.host.hasSameBytes(as: workspace.host) else {
      let option = wanted.host == "simulator" ? "--simulator" : "--host \(wanted.host)"
      throw RunError(
        .stalePlan, "the plan is for \(wanted.host), and this is \(workspace.host)",
        help: "name its workspace with `\(option.escapingHiddenCharacters())`")
    }
    guard wanted.fingerprint.hasSameBytes(as: workspace.fingerprint) else {
      throw RunError(
        .stalePlan,
        "the plan was made with another token: its fingerprint is \(wanted.fingerprint), "
          + "this one's \(workspace.fingerprint)", help: PlanFile.planAgain)
    }
    try checkProfile(wanted.profile)
  }

  /// What a profile guards is no part of the plan: without the profile it would not be guarded.
  private func checkProfile(_ wanted: String?) throws(RunError) {
    let present = workspace.profile
    guard wanted.map({ Array($0.utf8) }) != present.map({ Array($0.utf8) }) else { return }
    throw RunError(
      .stalePlan,
      "the plan was made \(Self.words(of: wanted)), and this run is \(Self.words(of: present))",
      help: wanted.map { "name it with `--profile \($0.escapingHiddenCharacters())`" }
        ?? PlanFile.planAgain)
  }

  private static func words(of profile: String?) -> String {
    profile.map { "with the profile `\($0.escapingHiddenCharacters())`" } ?? "without a profile"
  }

  private static func usedBefore(by run: String) -> RunError {
    let way =
      run.isEmpty ? "" : "conn show \(run.escapingHiddenCharacters()) tells how far it came; "
    return RunError(
      .stalePlan, "the plan was carried out before, and a plan is carried out once",
      help: way + PlanFile.planAgain)
  }
}

/// A plan that goes on is used by the run itself.
private struct BegunPlan: UsedPlans {
  func run(using hash: String) -> String? { nil }
  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool { true }
}
