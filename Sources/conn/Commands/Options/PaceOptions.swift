import ArgumentParser
import Language

/// Options for the rate of calls, the time limit, and the event stream.
struct PaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Maximum calls per second, lists excluded (default: the profile's rate, or 1).",
      valueName: "r"))
  var rate: Double?

  @Option(
    help: ArgumentHelp(
      """
      Time limit, such as 2h: refuses a plan that can't finish in time, and stops (resumable) when \
      it expires.
      """, valueName: "duration"))
  var deadline: String?

  @Option(
    help: ArgumentHelp(
      "Write events as JSON, one per line, to this file; - for stdout.", valueName: "file"))
  var events: String?

  func validate() throws {
    if let rate, !(rate > 0 && rate.isFinite) {
      throw ValidationError("--rate must be a number of calls per second above 0, such as 0.5")
    }
    if deadline != nil, seconds == nil {
      throw ValidationError(Self.badDeadline)
    }
  }

  static let badDeadline = "--deadline must be a duration such as 90s, 45m, 2h or 1h30m"

  /// `--deadline` in seconds.
  var seconds: Double? {
    guard let deadline, let span = try? TimeSpan.parse(deadline) else { return nil }
    return Double(span.microseconds) / 1_000_000
  }
}
