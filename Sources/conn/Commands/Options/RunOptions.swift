import ArgumentParser
import Evaluation
import Planning

/// The options of `conn run`, `conn eval` and `conn repl`.
struct RunOptions: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOptions

  @Flag(help: "Send nothing; print every call.")
  var dryRun = false

  @Flag(help: "Send GETs only; print and simulate every write.")
  var preview = false

  @Option(help: "Format of the calls that a dry run or preview prints: http, curl or json.")
  var calls = CallPrinter.Form.http

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    if dryRun, preview { throw ValidationError("--dry-run and --preview can't be combined") }
  }
}

extension RunOptions {
  /// The options that a resumed run needs, as command-line words. The journal has fields of their
  /// own for the host and `now`.
  func recorded(tokenPlace: String?) -> [String] {
    let values: [(String, String?)] = [
      ("--profile", workspace.profile),
      ("--token-from", tokenPlace ?? "env:\(ResolvedWorkspace.tokenVariable)"),
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

/// The reaction of a run to a failed row.
enum FailureReaction: String, CaseIterable, ExpressibleByArgument, Sendable {
  case `continue`, stop
}

extension CallPrinter.Form: ExpressibleByArgument {}

extension ResultFormat: ExpressibleByArgument {}
