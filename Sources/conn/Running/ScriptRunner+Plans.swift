import Evaluation
import Execution
import Language
import Planning

/// Applies plans, and resumes interrupted ones.
extension ScriptRunner {
  /// Applies a plan; throws if it fails. `name` is the plan's file, for the journal.
  func apply(_ file: PlanFile, named name: String, maxAge: TimeSpan) async throws {
    let work = RunTask.plan(file, name) { binding in
      ApplyPreconditions(
        workspace: binding.identity, used: AppliedPlans(host), now: host.clock.instant(),
        maxAge: maxAge)
    }
    try end(with: try await execute(work) { binding in recorder(binding, file, name) })
  }

  /// Returns what an interrupted run of a plan has to do.
  func task(resumingPlan run: StoredRun) throws(RunError) -> RunTask {
    let file = try run.plan()
    return .plan(file, run.start.script) { binding in
      // A plan that nobody has confirmed yet is applied as if for the first time.
      run.history.plans.isEmpty
        ? ApplyPreconditions(
          workspace: binding.identity, used: AppliedPlans(host), now: host.clock.instant(),
          run: run.id)
        : ApplyPreconditions.resuming(file, on: binding.identity)
    }
  }

  /// Returns the writer of the journal of a plan's run.
  func recorder(_ binding: WorkspaceBinding, _ file: PlanFile, _ name: String)
    -> RunJournal
  {
    let start = RunStart(
      command: "apply", script: name, sha256: file.hash, keepsScript: true, arguments: [],
      workingDirectory: host.workingDirectory, now: now.iso8601, host: binding.host,
      token: binding.identity.fingerprint,
      profile: binding.identity.profile, options: options.recorded(tokenSource: binding.tokenSource)
    )
    return RunJournal(
      binding.store, start,
      keeping: RunJournal.Attachment(RunJournal.planName, file.bytes),
      time: { [clock = host.clock] in clock.wallTime() })
  }
}
