import ArgumentParser
import Language
import Simulator

/// Options that limit the selection, and that decide how rows are selected.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Refuse unless exactly N rows are selected.", valueName: "n"))
  var expect: Int?

  @Option(help: ArgumentHelp("Refuse to make more than N writes.", valueName: "n"))
  var maxWrites: Int?

  @Option(
    help: ArgumentHelp("Refuse to change more than P percent of the workspace.", valueName: "p"))
  var maxPercent: Int?

  @Flag(help: "Refuse a selection without rows.")
  var failOnEmpty = false

  @Option(help: ArgumentHelp("Value of now() (default: the current time).", valueName: "timestamp"))
  var now: String?

  @Flag(help: "List everything and filter locally, without server filters.")
  var noPush = false

  static let badInstant = "--now must be a timestamp such as 2026-01-31T10:00:00Z"

  func validate() throws {
    for (name, value) in [
      ("--expect", expect), ("--max-writes", maxWrites), ("--max-percent", maxPercent),
    ]
    where (value ?? 0) < 0 { throw ValidationError("\(name) can't be negative") }
    if let maxPercent, maxPercent > 100 { throw ValidationError("--max-percent can't exceed 100") }
    if let now, Timestamp(iso8601: now) == nil {
      throw ValidationError(Self.badInstant)
    }
  }
}
