import ArgumentParser
import Evaluation
import Execution
import Planning
import Text

/// Checks and questions before a run is resumed.
extension StoredRun {
  private var planned: Int { history.plans.map(\.writes).reduce(0, +) }
  private var done: Int { history.writes.values.count { $0.outcome?.isFinal == true } }

  var name: String { "Run \(id) of \(start.script)".escapingHiddenCharacters() }

  /// The lines to show before a person decides whether it is resumed: its summary, and the outcomes
  /// that will be recorded.
  var introduction: [String] {
    summary.split(separator: "\n").map { String($0).escapingHiddenCharacters() }
      + settlements.map { "Will be recorded: \($0.description)" }
  }

  /// A few lines on what is done, in doubt and left to do.
  private var summary: String {
    let doubtful = history.doubts.count
    return """
      \(name) on \(start.host):
      \(history.plans.map(\.sentence).joined(separator: "\n"))
      \(done) of \(planned) finished, \(doubtful) in doubt, \(planned - done - doubtful) to go.
      """
  }

  /// Throws if the run is finished.
  func requireUnfinished() throws(RunError) {
    if isUnfinished { return }
    throw RunError(
      .usage, "run \(id) is finished; nothing is left to do",
      help: "conn runs lists all runs")
  }

  /// Throws if the run can't be resumed, or if its directory is gone.
  func requireStart() throws(RunError) {
    try requireResumable()
    guard SystemFile.isSearchable(start.workingDirectory) else {
      throw RunError(
        .stalePlan, "the directory `\(start.workingDirectory)` of run \(id) is gone",
        help: "start a new run")
    }
  }

  /// Throws unless the run was started on this host. The journal alone never decides where the token
  /// goes: whoever can change it could lead the token elsewhere.
  func require(host: String) throws(RunError) {
    guard host != start.host else { return }
    throw RunError(
      .stalePlan,
      "run \(id) was started on \(start.host.escapingHiddenCharacters()), "
        + "but this command would go to \(host)",
      help: "if that is the workspace you mean, add "
        + "`--host \(start.host.escapingHiddenCharacters())`; nothing was sent")
  }

  /// Throws unless the run read its token from the same place. The journal alone never decides which
  /// command is run or which file is sent as a token.
  func requireSource(of workspace: ResolvedWorkspace) throws {
    let recorded = try RunOptions.parse(start.options).workspace.tokenFrom
    let present = try workspace.tokenSource() ?? "env:\(ResolvedWorkspace.tokenVariable)"
    guard let recorded, recorded != present else { return }
    throw RunError(
      .stalePlan,
      "run \(id) read its token from \(recorded.quoted.escapingHiddenCharacters()), but this command "
        + "would read it from \(present.quoted.escapingHiddenCharacters())",
      help: "add `--token-from` with the place that you mean; nothing was sent")
  }

  /// The answer that confirms the run: as at its start, the profile's name in production, else the
  /// number of writes.
  func wantedAnswer(_ choice: ResolvedWorkspace) -> ConfirmationChallenge {
    guard let profile = choice.profile?.guards, profile.isProduction else {
      return ConfirmationChallenge(writes: planned - done)
    }
    return .name(profile.name)
  }
}
