import ArgumentParser
import ConnectionsClient
import Engine
import Glibc
import Language

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs that wrote something, latest first.",
    discussion: "With --failed RUN: the connections of that run that were not done.")

  @Option(
    help: ArgumentHelp("The connections that a run did not get done.", valueName: "run"))
  var failed: String?
  @Option(
    help: ArgumentHelp(
      "How they are shown: table, json, jsonl, csv, ids or markdown.", valueName: "format"))
  var output: ResultFormat?

  func run() throws {
    do throws(RunError) {
      let isTerminal = isatty(STDOUT_FILENO) == 1
      let set: RowSet
      if let failed {
        set = RunRows.failed(try RunCatalog.run(failed).history)
      } else {
        set = RunRows.all(try RunCatalog.paths())
      }
      StandardOutput.shared.data(
        try (output ?? (isTerminal ? .table : .jsonl)).text(
          set, style: TerminalStyle.style(of: STDOUT_FILENO, isOff: false),
          width: TerminalStyle.width))
    } catch {
      ErrorPrinter(sources: SourceMap(), isOff: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }
}

/// Runs, and their writes, as rows.
enum RunRows {
  static func all(_ paths: [String]) -> RowSet {
    let columns = [
      Schema.Column("run", .string), Schema.Column("state", .string),
      Schema.Column("script", .string), Schema.Column("host", .string),
      Schema.Column("writes", .int), Schema.Column("done", .int),
      Schema.Column("exit", .int, nullable: true),
      Schema.Column("summary", .string, nullable: true),
    ]
    return RowSet(Schema(columns, areConnections: false), paths.reversed().map(row))
  }

  private static func row(_ path: String) -> Row {
    do throws(RunError) {
      let run = try PastRun(path)
      let end = run.history.end
      let done = run.history.writes.values.filter { $0.outcome?.kind == .done }.count
      return Row(values: [
        .string(run.id), .string(run.state), .string(run.start.script), .string(run.start.host),
        .int(Int64(run.history.plans.map(\.writes).reduce(0, +))), .int(Int64(done)),
        end.map { .int(Int64($0.exitCode)) } ?? .null,
        end?.sentence.map { .string($0) } ?? .null,
      ])
    } catch {
      let id = String(path.split(separator: "/").last ?? "")
      return Row(values: [
        .string(id), "unreadable", "", "", .int(0), .int(0), .null, .string(error.message),
      ])
    }
  }

  /// What was sent and not done, with the reasons.
  static func failed(_ history: RunHistory) -> RowSet {
    writes(history) { $0.outcome?.kind != .done }
  }

  /// The writes that were begun, in their order.
  static func writes(_ history: RunHistory, where isShown: (RecordedWrite) -> Bool = { _ in true })
    -> RowSet
  {
    let columns = [
      Schema.Column("id", .int, nullable: true), Schema.Column("name", .string, nullable: true),
      Schema.Column("action", .string), Schema.Column("outcome", .string),
      Schema.Column("reason", .string, nullable: true),
      Schema.Column("http_status", .int, nullable: true),
    ]
    let writes = history.writes.values.sorted { $0.intent.number < $1.intent.number }
      .filter(isShown)
    return RowSet(Schema(columns, areConnections: false), writes.map(row))
  }

  private static func row(_ write: RecordedWrite) -> Row {
    let outcome = write.outcome
    return Row(values: [
      (write.outcome?.connection ?? write.intent.before)?["id"]?.int.map { .int($0) } ?? .null,
      (write.intent.before ?? write.intent.body?.object)?["name"]?.string.map { .string($0) }
        ?? .null,
      .string(write.intent.action), .string(outcome?.kind.rawValue ?? "unknown"),
      outcome.map { $0.reason.map { .string($0) } ?? .null }
        ?? .string("the run ended before its answer was stored"),
      outcome?.status.map { .int(Int64($0)) } ?? .null,
    ])
  }
}

extension Value: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = .string(text) }
}

extension PastRun {
  /// `done`, `partly`, `interrupted`, or `under way`.
  var state: String {
    guard let end = history.end else { return isUnderWay ? "under way" : "interrupted" }
    if !end.isComplete { return "interrupted" }
    return end.exitCode == 0 ? "done" : "partly"
  }

  /// `true` iff a process holds its journal.
  var isUnderWay: Bool {
    let journal = open("\(path)/journal.jsonl", O_RDONLY | O_CLOEXEC)
    defer { close(journal) }
    return journal >= 0 && flock(journal, LOCK_SH | LOCK_NB) != 0
  }
}

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
  @Flag(help: "Say nothing but errors on stderr.") var quiet = false
  @Flag(help: "No colours.") var noColor = false

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
      ErrorPrinter(sources: SourceMap(), isOff: noColor).show(error)
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
    options.talk.quiet = quiet
    options.talk.noColor = noColor
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
