import ArgumentParser
import Evaluation

/// Options for confirming writes, handling failures, and showing results.
struct ExecutionOptions: ParsableArguments {
  @Flag(help: "Answer the confirmation with yes.")
  var yes = false

  @Option(
    help: ArgumentHelp("What to do after a row fails: continue or stop.", valueName: "reaction"))
  var onError = FailureReaction.continue

  @Option(help: ArgumentHelp("Stop after N failures in a row.", valueName: "n"))
  var maxFailures = 10

  @Option(
    help: ArgumentHelp(
      """
      Output format: table, json, jsonl, csv, ids or markdown (default: table on a terminal, \
      otherwise jsonl).
      """, valueName: "format"))
  var output: ResultFormat?

  func validate() throws {
    if maxFailures < 0 { throw ValidationError("--max-failures can't be negative") }
  }
}
