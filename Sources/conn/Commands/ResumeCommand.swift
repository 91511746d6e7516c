import API
import ArgumentParser
import Evaluation
import Execution
import Language
import LineEditing
import Planning
import Text

struct ResumeCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Resume an interrupted run.",
    discussion: """
      Writes that are done are not repeated; conn first looks up the ones in doubt. Without RUN, \
      it resumes the latest run with writes in doubt, or else the latest unfinished one.

      If a write stays in doubt, look it up in Workato and record the outcome with --settle, \
      ID=done or ID=failed; conn show RUN lists the ids. Creates have the ids new1, new2, …: use \
      new1=failed, or new1=ID with the id of the connection that was created. A run whose script \
      wasn't saved can be settled, but not resumed.

      The workspace is that of the run's profile, of WORKATO_HOST or of --host. It must be the one \
      that the run was started on. The token comes from the profile, from WORKATO_API_TOKEN or from \
      --token-from, never from a place that only the journal names.

      Example: conn resume last
      """
  ).belowConn

  @OptionGroup var wanted: ResumeOptions
  @Flag(help: "Answer the confirmation with yes.") var yes = false
  @Option(help: ArgumentHelp("URL of the server, as in conn run.", valueName: "url"))
  var host: String?
  @Option(
    help: ArgumentHelp(
      "Where to read the token from: env:NAME, file:PATH or cmd:ARGV.", valueName: "place"))
  var tokenFrom: String?
  @Option(help: ArgumentHelp("Time limit, as in conn run.", valueName: "duration"))
  var deadline: String?
  @Option(help: ArgumentHelp("Write events to this file, as in conn run.", valueName: "file"))
  var events: String?
  @OptionGroup var talk: TalkOptions

  var isColorDisabled: Bool { talk.noColor }

  func validate() throws {
    guard let deadline, (try? TimeSpan.parse(deadline)) == nil else { return }
    throw ValidationError(PaceOptions.badDeadline)
  }

  func run(on host: Host) async throws {
    let past = try past(on: host)
    var host = host
    host.workingDirectory = past.start.workingDirectory
    let runner = try ScriptRunner(try options(past), host, profile: past.start.profile)
    try await runner.summarized {
      try await confirm(past, runner)
      try await runner.resume(past, wanted.arguments)
    }
  }

  /// Returns the run to resume. Throws if it is finished, or if its directory is gone.
  private func past(on host: Host) throws(RunError) -> StoredRun {
    let archive = RunArchive(host)
    var past = if let run = wanted.run { try archive.run(run) } else { try archive.latestOpen() }
    try past.requireUnfinished()
    past.settlements = try Settlement.all(wanted.settle, of: past.history)
    try past.requireStart()
    return past
  }

  private func options(_ past: StoredRun) throws -> RunOptions {
    var options = try RunOptions.parse(past.start.options)
    options.workspace.host = host
    options.workspace.tokenFrom = tokenFrom
    options.selection.now = past.start.now
    options.execution.yes = yes
    options.pace.deadline = deadline
    options.pace.events = events
    options.talk = talk
    return options
  }

  /// Names the workspace and asks for confirmation.
  private func confirm(_ past: StoredRun, _ runner: ScriptRunner) async throws {
    let choice = try runner.options.workspace.choice(runner.host)
    try past.require(host: choice.server.base)
    if tokenFrom == nil { try past.requireSource(of: choice) }
    runner.output.talk(try choice.title())
    if yes {
      if wanted.run == nil { runner.output.talk(past.name) }
      return
    }
    let terminal = runner.host.terminal
    guard terminal.isInteractive else {
      throw RunError(
        .notConfirmed, "run \(past.id) needs a confirmation",
        help: "this is not a terminal: add --yes")
    }
    past.introduction.forEach(runner.host.output.talk)
    let wanted = past.wantedAnswer(choice)
    let answer = await terminal.ask(wanted.question())
    if runner.host.interruptions.isRequested { throw RunError(.interrupted, "interrupted") }
    guard let answer, wanted.accepts(answer) else {
      throw RunError(.notConfirmed, "not confirmed; nothing further was changed")
    }
  }
}
