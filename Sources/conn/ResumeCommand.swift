import ArgumentParser
import Engine
import Language

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a run that was interrupted.",
    discussion: """
      What was done is not done again; what is in doubt is looked up first. Without a name: the \
      latest run that something is left of.
      """)

  @Argument(help: "The run, as conn runs lists it.") var run: String?
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
      let past =
        try run.map { name throws(RunError) in try RunCatalog.run(name) }
        ?? RunCatalog.latestResumable()
      guard past.isResumable else {
        throw RunError(
          .usage, "nothing is left of run \(past.id)", help: "conn runs lists the runs")
      }
      try await confirm(past)
      let runner = try ScriptRunner(try options(past))
      if past.start.command == "apply" {
        try await runner.resume(plan: past)
      } else {
        try await runner.resume(past)
      }
    } catch let error as RunError {
      ErrorPrinter(sources: SourceMap(), isOff: talk.noColor).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }

  private func options(_ past: PastRun) throws -> RunOptions {
    var options = try RunOptions.parse(past.start.options)
    options.workspace.host = past.start.host
    options.workspace.profile = past.start.profile
    options.workspace.tokenFrom = tokenFrom ?? options.workspace.tokenFrom
    options.selection.now = past.start.now
    options.execution.yes = yes
    options.execution.deadline = deadline
    options.execution.events = events
    options.talk = talk
    return options
  }

  private func confirm(_ past: PastRun) async throws(RunError) {
    if yes { return }
    let terminal = StandardTerminal()
    guard terminal.isInteractive else {
      throw RunError(
        .notConfirmed, "run \(past.id) waits for confirmation",
        help: "this is not a terminal: add --yes")
    }
    StandardOutput.shared.talk(past.summary)
    let answer = await terminal.ask("Go on? [y/N] ")
    if Interruption.isRequested { throw RunError(.interrupted, "interrupted") }
    guard let answer, ["y", "yes"].contains(answer.lowercased()) else {
      throw RunError(.notConfirmed, "not confirmed; nothing further was changed")
    }
  }
}

extension PastRun {
  /// What is done, in doubt and left, in a few lines.
  fileprivate var summary: String {
    let writes = history.writes.values
    let planned = history.plans.map(\.writes).reduce(0, +)
    let done = writes.filter { $0.outcome?.isFinal == true }.count
    let doubtful = writes.filter { ($0.outcome?.kind ?? .unknown) == .unknown }.count
    let sentences = history.plans.map(\.sentence).joined(separator: "\n")
    return """
      Run \(id) of \(start.script) on \(start.host):
      \(sentences)
      \(done) of \(planned) have their outcome, \(doubtful) in doubt, \
      \(planned - done - doubtful) to go.
      """
  }
}
