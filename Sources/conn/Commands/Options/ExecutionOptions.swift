import ArgumentParser
import Evaluation

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
