import ArgumentParser
import Evaluation
import Planning

/// The options of `conn run`, `conn eval` and `conn repl`. These commands declare the groups
/// themselves: in a debug build, the parser's checks take five times as long for each level of
/// groups in groups, and every test of a command would pay for that.
struct RunOptions: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var mode: ModeOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var pace: PaceOptions
  @OptionGroup var talk: TalkOptions
}

extension RunOptions {
  /// The options that a resumed run needs, as command-line words. The journal has fields of their
  /// own for the host and `now`.
  func recorded(tokenSource: String?) -> [String] {
    let values: [(String, String?)] = [
      ("--profile", workspace.profile),
      ("--token-from", tokenSource ?? "env:\(ResolvedWorkspace.tokenVariable)"),
      ("--rate", pace.rate.map { "\($0)" }),
      ("--snapshot", workspace.snapshot), ("--expect", selection.expect.map(String.init)),
      ("--max-writes", selection.maxWrites.map(String.init)),
      ("--max-percent", selection.maxPercent.map(String.init)),
      ("--on-error", execution.onError.rawValue),
      ("--max-failures", String(execution.maxFailures)),
      ("--output", execution.output?.rawValue),
    ]
    return values.flatMap { name, value in value.map { [name, $0] } ?? [] }
      + (selection.noPush ? ["--no-push"] : [])
      + (selection.failOnEmpty ? ["--fail-on-empty"] : [])
  }
}

/// The reaction of a run to a failed row.
enum FailureReaction: String, CaseIterable, ExpressibleByArgument, Sendable {
  case `continue`, stop
}

extension ResultFormat: ExpressibleByArgument {}
