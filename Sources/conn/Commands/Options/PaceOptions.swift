import ArgumentParser
import Language

/// How fast calls go, how long they may take, and where it is told what happens.
struct PaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Send at most so many calls a second, lists apart.", valueName: "r"))
  var rate: Double?

  @Option(
    help: ArgumentHelp(
      "Refuse writes that do not fit into this time, such as 2h; stop, resumably, when it is over.",
      valueName: "duration"))
  var deadline: String?

  @Option(
    help: ArgumentHelp(
      "Write what happens as JSON, a line each, to a file; - for stdout.", valueName: "file"))
  var events: String?

  func validate() throws {
    if let rate, !(rate > 0 && rate.isFinite) {
      throw ValidationError("--rate is a number of calls a second above 0, such as 1 or 0.5")
    }
    if deadline != nil, seconds == nil {
      throw ValidationError(Self.badDeadline)
    }
  }

  static let badDeadline = "--deadline takes a time such as 90s, 45m, 2h or 1h30m"

  /// The seconds of `--deadline`.
  var seconds: Double? {
    guard let deadline, let span = try? TimeSpan.parse(deadline) else { return nil }
    return Double(span.microseconds) / 1_000_000
  }
}
