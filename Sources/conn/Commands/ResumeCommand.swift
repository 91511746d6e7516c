import API
import ArgumentParser
import Evaluation
import Execution
import Language
import LineEditing
import Planning
import Text

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a run that was interrupted.",
    discussion: """
      What was done is not done again; what is in doubt is looked up first. Without a name: the \
      latest run that something is left of.

      What no list can tell of a write in doubt, look up yourself, and say with --settle what became \
      of it: ID=done or ID=failed, as conn show RUN names it. A create is new1, new2, …: new1=failed, \
      or new1=ID of the connection that it made. A run whose text was not kept can be settled, and not \
      gone on with.
      """)

  @Argument(help: "The run, as conn runs lists it.") var run: String?
  @Argument(help: "Values that were not kept, since they may be credentials: name=value.")
  var arguments: [String] = []
  @Option(
    help: ArgumentHelp(
      "What became of a write in doubt: ID=done or ID=failed; may be given several times.",
      valueName: "id=outcome"))
  var settle: [String] = []
  @Flag(help: "Answer the confirmation with yes.") var yes = false
  @Option(
    help: ArgumentHelp(
      "Where the token comes from: env:NAME, file:PATH or cmd:ARGV.", valueName: "place"))
  var tokenFrom: String?
  @Option(help: ArgumentHelp("As in conn run.", valueName: "duration")) var deadline: String?
  @Option(help: ArgumentHelp("As in conn run.", valueName: "file")) var events: String?
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard let deadline, (try? TimeSpan.parse(deadline)) == nil else { return }
    throw ValidationError(ExecutionOptions.badDeadline)
  }

  func run() async throws {
    do {
      var past =
        try run.map { name throws(RunError) in try RunArchive().run(name) }
        ?? RunArchive().latestResumable()
      guard past.isUnfinished else {
        throw RunError(
          .usage, "nothing is left of run \(past.id)", help: "conn runs lists the runs")
      }
      past.settlements = try Settlement.all(settle, of: past.history)
      guard WorkingDirectory.enter(past.start.workingDirectory) else {
        throw RunError(
          .stalePlan, "the directory `\(past.start.workingDirectory)` of run \(past.id) is gone",
          help: "start a new run")
      }
      let runner = try ScriptRunner(try options(past), profile: past.start.profile)
      try await runner.summarized {
        try await confirm(past, runner)
        if !past.start.canGoOn, !settle.isEmpty {
          try await runner.settle(past)
        } else if past.start.command == "apply" {
          try await runner.resume(plan: past)
        } else {
          try await runner.resume(past, arguments)
        }
      }
    } catch let error as RunError {
      ErrorPrinter(sources: SourceMap(), isColorDisabled: talk.noColor).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }

  private func options(_ past: StoredRun) throws -> RunOptions {
    var options = try RunOptions.parse(past.start.options)
    options.workspace.host = past.start.host
    options.workspace.tokenFrom = tokenFrom ?? options.workspace.tokenFrom
    options.selection.now = past.start.now
    options.execution.yes = yes
    options.execution.deadline = deadline
    options.execution.events = events
    options.talk = talk
    return options
  }

  /// Names the workspace, and asks.
  private func confirm(_ past: StoredRun, _ runner: ScriptRunner) async throws {
    let choice = try runner.options.workspace.choice(runner.environment, noColor: talk.noColor)
    runner.output.talk(choice.title)
    if yes { return }
    let terminal = StandardTerminal()
    guard terminal.isInteractive else {
      throw RunError(
        .notConfirmed, "run \(past.id) waits for confirmation",
        help: "this is not a terminal: add --yes")
    }
    past.summary.split(separator: "\n").forEach {
      StandardOutput.shared.talk(String($0).escapingHiddenCharacters())
    }
    for one in past.settlements {
      StandardOutput.shared.talk("To be settled by hand: \(one.words)")
    }
    let wanted = past.wantedAnswer(choice)
    let answer = await terminal.ask(wanted.question)
    if Interruption.isRequested { throw RunError(.interrupted, "interrupted") }
    guard let answer, wanted.accepts(answer) else {
      throw RunError(.notConfirmed, "not confirmed; nothing further was changed")
    }
  }
}

extension StoredRun {
  private var planned: Int { history.plans.map(\.writes).reduce(0, +) }
  private var done: Int { history.writes.values.count { $0.outcome?.isFinal == true } }

  /// What is done, in doubt and left, in a few lines.
  fileprivate var summary: String {
    let doubtful = history.doubts.count
    return """
      Run \(id) of \(start.script) on \(start.host):
      \(history.plans.map(\.sentence).joined(separator: "\n"))
      \(done) of \(planned) have their outcome, \(doubtful) in doubt, \
      \(planned - done - doubtful) to go.
      """
  }

  /// As at the start of a run: the host of a production workspace, the number of several writes.
  fileprivate func wantedAnswer(_ choice: ResolvedWorkspace) -> ConfirmationChallenge {
    choice.profile?.guards.isProduction == true
      ? .host(choice.server.authority) : ConfirmationChallenge(writes: planned - done)
  }
}
