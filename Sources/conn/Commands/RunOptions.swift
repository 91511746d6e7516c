import ArgumentParser
import Engine
import Language

/// Which workspace, and how it is reached.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A profile of the configuration, taken as a whole: its host and token, whatever WORKATO_HOST \
      and WORKATO_API_TOKEN say. Without it WORKATO_PROFILE or the default names the profile, and \
      these variables come before it.
      """, valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "The workspace's server; http only for loopback. A profile's token goes to its own only.",
      valueName: "url"))
  var host: String?

  @Option(
    help: ArgumentHelp(
      "Where the token comes from: env:NAME, file:PATH or cmd:ARGV.", valueName: "place"))
  var tokenFrom: String?

  @Flag(
    help: """
      Use an embedded simulated workspace; no token is needed, and of a --profile the guards alone \
      are used.
      """)
  var simulator = false

  @Option(help: ArgumentHelp("Seed the simulated workspace from a file.", valueName: "file"))
  var simulatorData: String?

  @Option(help: ArgumentHelp("Answer list and get from a file.", valueName: "file"))
  var snapshot: String?

  func validate() throws {
    if simulatorData != nil, !simulator {
      throw ValidationError("--simulator-data needs --simulator")
    }
    if simulator, host != nil || tokenFrom != nil {
      throw ValidationError("--simulator has its own host and token")
    }
  }

  /// Says what stands in the way on stderr, and throws what the program is to end with.
  func choice(_ environment: [String: String], noColor: Bool = false) throws -> WorkspaceChoice {
    // A simulated workspace depends on no file of the user, unless it is to rehearse a profile.
    let isIndependent = simulator && profile == nil
    let configuration =
      isIndependent ? .none : try ConfigurationFile.load(environment, noColor: noColor)
    var options = WorkspaceChoice.Options()
    options.profile = profile
    options.host = host
    options.tokenPlace = tokenFrom
    options.isSimulated = simulator
    do throws(RunError) {
      return try WorkspaceChoice(
        options, environment: environment, configuration: configuration)
    } catch {
      ErrorPrinter(sources: SourceMap(), isOff: noColor).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }
}

/// What the selection must be, and how it is made.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Refuse unless exactly so many rows are selected.", valueName: "n"))
  var expect: Int?

  @Option(help: ArgumentHelp("Refuse more writes than this.", valueName: "n"))
  var maxWrites: Int?

  @Option(
    help: ArgumentHelp("Refuse to touch more than this part of the workspace.", valueName: "p"))
  var maxPercent: Int?

  @Option(help: ArgumentHelp("What now() is.", valueName: "timestamp"))
  var now: String?

  @Flag(help: "Ask the server for everything, and filter here.")
  var noPush = false

  static let badInstant = "--now takes an instant such as 2026-01-31T10:00:00Z"

  func validate() throws {
    for (name, value) in [
      ("--expect", expect), ("--max-writes", maxWrites), ("--max-percent", maxPercent),
    ]
    where (value ?? 0) < 0 { throw ValidationError("\(name) is not negative") }
    if let maxPercent, maxPercent > 100 { throw ValidationError("--max-percent is at most 100") }
    if let now, Timestamp(iso8601: now) == nil {
      throw ValidationError(Self.badInstant)
    }
  }
}

/// How writes are confirmed and carried out, and how what became of them is shown.
struct ExecutionOptions: ParsableArguments {
  @Flag(help: "Answer the confirmation with yes.")
  var yes = false

  @Option(help: "After a row's failure: continue or stop.")
  var onError = FailureReaction.continue

  @Option(help: ArgumentHelp("Stop after so many failures in a row.", valueName: "n"))
  var maxFailures = 10

  @Option(
    help: ArgumentHelp(
      "How results are shown: table, json, jsonl, csv, ids or markdown.", valueName: "format"))
  var output: ResultFormat?

  @OptionGroup var pace: PaceOptions

  func validate() throws {
    if maxFailures < 0 { throw ValidationError("--max-failures is not negative") }
  }
}

extension ExecutionOptions {
  var rate: Double? { pace.rate }

  var deadline: String? {
    get { pace.deadline }
    set { pace.deadline = newValue }
  }

  var events: String? {
    get { pace.events }
    set { pace.events = newValue }
  }

  static let badDeadline = PaceOptions.badDeadline

  /// The seconds of `--deadline`.
  var seconds: Double? { pace.seconds }
}

/// What is said on stderr, and how.
struct TalkOptions: ParsableArguments {
  @Flag(help: "Say nothing but errors on stderr.")
  var quiet = false

  @Flag(help: "Say each call on stderr.")
  var verbose = false

  @Flag(help: "No colours.")
  var noColor = false
}

/// The options of run, eval and repl.
struct RunOptions: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOptions

  @Flag(help: "Send nothing at all; print every call.")
  var dryRun = false

  @Flag(help: "Send GETs only; print and simulate every write.")
  var preview = false

  @Option(help: "How a dry run or preview prints calls: http, curl or json.")
  var calls = CallPrinter.Form.http

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    if dryRun, preview { throw ValidationError("--dry-run and --preview exclude each other") }
  }
}

extension RunOptions {
  /// The options that decide how a run goes on, as they are written; host and `now` are kept apart.
  func recorded(tokenPlace: String?) -> [String] {
    let values: [(String, String?)] = [
      ("--profile", workspace.profile),
      ("--token-from", tokenPlace ?? "env:\(WorkspaceChoice.tokenVariable)"),
      ("--rate", execution.rate.map { "\($0)" }),
      ("--snapshot", workspace.snapshot), ("--expect", selection.expect.map(String.init)),
      ("--max-writes", selection.maxWrites.map(String.init)),
      ("--max-percent", selection.maxPercent.map(String.init)),
      ("--on-error", execution.onError.rawValue),
      ("--max-failures", String(execution.maxFailures)),
      ("--output", execution.output?.rawValue),
    ]
    return values.flatMap { name, value in value.map { [name, $0] } ?? [] }
      + (selection.noPush ? ["--no-push"] : [])
  }
}

/// What a run does after a row's failure.
enum FailureReaction: String, CaseIterable, ExpressibleByArgument, Sendable {
  case `continue`, stop
}

extension CallPrinter.Form: ExpressibleByArgument {}
extension ResultFormat: ExpressibleByArgument {}
