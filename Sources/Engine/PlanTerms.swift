import ConnectionsClient
import Language

/// The plans that were carried out: each is, once.
package protocol UsedPlans: Sendable {
  func wasApplied(_ hash: String) -> Bool
  /// Notes that the plan is about to be carried out, on disk before it returns.
  /// Returns `false` where that was noted before, by whichever process.
  func markApplied(_ hash: String) throws(DiskError) -> Bool
}

/// Under which terms a plan may be carried out.
package struct PlanTerms: Sendable {
  package let workspace: WorkspaceIdentity
  package let used: any UsedPlans
  /// The clock.
  package let now: Timestamp
  package let mostAge: TimeSpan

  package static let defaultAge = TimeSpan(microseconds: 24 * 3_600_000_000)
  /// How far two clocks may be apart.
  private static let tolerance = TimeSpan(microseconds: 300_000_000)

  package init(
    workspace: WorkspaceIdentity, used: any UsedPlans, now: Timestamp,
    mostAge: TimeSpan = PlanTerms.defaultAge
  ) {
    self.workspace = workspace
    self.used = used
    self.now = now
    self.mostAge = mostAge
  }

  /// The terms under which an interrupted plan goes on: where it was begun, with whatever token. Its
  /// profile, if any, is that of the run; a default that was set since is no reason to stop halfway.
  package static func goingOn(_ file: PlanFile, on workspace: WorkspaceIdentity) -> PlanTerms {
    let planned = file.plan.header.workspace
    return PlanTerms(
      workspace: WorkspaceIdentity(
        host: workspace.host, fingerprint: planned.fingerprint, profile: planned.profile),
      used: BegunPlan(), now: file.plan.header.created)
  }

  /// Throws with exit 6 where the plan may not be carried out.
  func check(_ file: PlanFile) throws(RunError) {
    if used.wasApplied(file.hash) { throw Self.usedBefore }
    try checkAge(file.plan.header.created)
    try checkWorkspace(file.plan.header.workspace)
  }

  /// Notes that the plan is carried out now. Throws where it was before.
  func use(_ file: PlanFile) throws(RunError) {
    do throws(DiskError) {
      if try used.markApplied(file.hash) { return }
    } catch {
      throw RunError(
        .internalError, "it cannot be noted that the plan is carried out: \(error.message)",
        help: "nothing was sent")
    }
    throw Self.usedBefore
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

  private static let usedBefore = RunError(
    .stalePlan, "the plan was carried out before, and a plan is carried out once",
    help: PlanFile.planAgain)
}

/// A plan that goes on is used by the run itself.
private struct BegunPlan: UsedPlans {
  func wasApplied(_ hash: String) -> Bool { false }
  func markApplied(_ hash: String) throws(DiskError) -> Bool { true }
}
