import ArgumentParser
import Language
import Simulator

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
