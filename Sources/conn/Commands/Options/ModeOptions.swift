import ArgumentParser
import Planning

/// Options that decide how much of a script is sent.
struct ModeOptions: ParsableArguments {
  @Flag(help: "Send nothing; print every call.")
  var dryRun = false

  @Flag(help: "Send GETs only; show and simulate every write.")
  var preview = false

  @Option(
    help: ArgumentHelp(
      """
      Print the calls as http, curl or json (default: http with --dry-run, no calls with --preview).
      """, valueName: "calls"))
  var calls: CallPrinter.Form?

  func validate() throws {
    if dryRun, preview { throw ValidationError("--dry-run and --preview can't be combined") }
  }
}

extension CallPrinter.Form: ExpressibleByArgument {}
