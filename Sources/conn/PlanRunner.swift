import ConnectionsClient
import Engine
import Language

/// Carries plans out, and goes on with those that were interrupted.
extension ScriptRunner {
  /// Throws what the program is to end with. `name` is the plan's file, for the journal.
  func apply(_ file: PlanFile, named name: String, mostAge: TimeSpan) async throws {
    try end(
      with: try await carryOut(file) { binding in
        PlanTerms(
          workspace: binding.identity, used: AppliedPlans(), now: Clock.instant(nil),
          mostAge: mostAge)
      } recorder: { binding in
        recorder(binding, file, name)
      })
  }

  /// Goes on with a plan that was interrupted.
  func resume(plan run: PastRun) async throws {
    let file = try run.plan()
    try end(
      with: try await carryOut(file) { binding in
        PlanTerms.goingOn(file, on: binding.identity)
      } recorder: { binding throws(RunError) in
        try run.goOn(binding)
      })
  }

  private func carryOut(
    _ file: PlanFile, terms: (WorkspaceAccess.Binding) -> PlanTerms,
    recorder: (WorkspaceAccess.Binding) throws(RunError) -> RunRecorder
  ) async throws -> Engine.ExitCode {
    let errors = ErrorPrinter(sources: SourceMap(), isOff: options.talk.noColor)
    let choice = try options.workspace.choice(environment, noColor: options.talk.noColor)
    choice.notes.forEach(output.talk)
    do throws(RunError) {
      let access = try await WorkspaceAccess.openAlways(
        options, choice, environment, events: events)
      guard let binding = access.binding else {
        throw RunError(.internalError, "there is no workspace to carry a plan out on")
      }
      let context = context(access, choice.profile, SourceMap())
      announce(access, SourceMap())
      var interpreter = Interpreter(
        context, Environment(now: Clock.instant(nil), process: environment))
      do throws(RunError) { interpreter.recorder = try recorder(binding) } catch {
        await access.close()
        throw error
      }
      let error = await interpreter.outcome(of: file, terms(binding))
      if let error { errors.show(error) }
      conclude(&interpreter, after: error)
      await access.close()
      return interpreter.report.exitCode(after: error)
    } catch {
      errors.show(error)
      events.emit(.summary(RunReport(), after: error, run: nil, sentence: nil, seconds: 0))
      return error.exitCode
    }
  }

  private func recorder(_ binding: WorkspaceAccess.Binding, _ file: PlanFile, _ name: String)
    -> RunRecorder
  {
    let start = RunStart(
      command: "apply", script: name, sha256: file.hash, keepsScript: true, arguments: [],
      now: now.iso8601, host: binding.host, token: binding.identity.fingerprint,
      profile: binding.identity.profile, options: options.recorded(tokenPlace: binding.tokenPlace))
    return RunRecorder(
      binding.store, start,
      keeping: RunRecorder.Attachment(RunRecorder.planName, file.bytes),
      time: { Clock.wallTime() })
  }
}
