import ArgumentParser
import Planning

/// Options that decide how much of a script is sent.
struct ModeOptions: ParsableArguments {
  @Flag(help: "Send nothing; print every call.")
  var dryRun = false

  @Flag(help: "Send GETs only; print and simulate every write.")
  var preview = false

  @Option(help: "Format of the calls that a dry run or preview prints: http, curl or json.")
  var calls = CallPrinter.Form.http

  func validate() throws {
    if dryRun, preview { throw ValidationError("--dry-run and --preview can't be combined") }
  }
}

extension CallPrinter.Form: ExpressibleByArgument {}
