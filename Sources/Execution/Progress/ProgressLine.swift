import Evaluation
import Language

/// The progress line: `disconnect 132/480 27% 1.00/s ETA 5m48s · 130 done 2 rejected`.
struct ProgressLine: Sendable {
  /// The number of writes that it counts to.
  let total: Int
  let start: Start
  var action = WriteAction.update

  /// Counts and time when the plan's first write began.
  struct Start: Sendable {
    /// Counts from earlier plans of the run.
    let tally: Tally
    let time: Double
  }

  /// Returns the line. `forecast` is the minimum duration of a number of calls in seconds; it keeps the
  /// rate realistic at the start, when the first calls didn't have to wait.
  func line(_ tally: Tally, at now: Double, forecast: (Int) -> Double) -> String {
    let count = tally.total - start.tally.total
    let fresh = tally.sent - tally.recalled - (start.tally.sent - start.tally.recalled)
    let rate = Double(fresh) / max(now - start.time, forecast(fresh + 1), 0.001)
    let rest = max(0, total - count)
    let seconds = fresh > 0 ? Double(rest) / rate : forecast(rest)
    let left = TimeSpan(microseconds: Int64(min(seconds, 1e9)) * 1_000_000)
    let percent = total > 0 ? min(100, count * 100 / total) : 100
    let kinds: [Outcome.Kind] = [.done, .rejected, .failed, .gone, .unknown, .skipped]
    let outcomes = kinds.compactMap { kind in
      let count = tally.count(kind) - start.tally.count(kind)
      return count > 0 ? "\(count) \(kind.rawValue)" : nil
    }
    return
      "\(action.rawValue) \(count)/\(total) \(percent)% \(Self.twoDecimals(rate))/s ETA \(left)"
      + " · " + outcomes.joined(separator: " ")
  }

  private static func twoDecimals(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
