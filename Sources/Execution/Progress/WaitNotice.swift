import Evaluation
import Language

/// Tells a person and the events of waits that take longer than one would think.
struct WaitNotice: Sendable {
  private let output: any Output
  private let events: any EventSink
  /// The wait that was told last.
  private var told: (reason: String, end: Double)?
  /// The ordinary reasons that were said.
  private var said: Set<String> = []
  /// When the latest call was sent whose silence was told.
  private var toldCall = -Double.infinity
  /// What stands on the terminal.
  private var shown = ""

  /// What takes no longer is not worth a word, in seconds.
  private static let patience = 2.0
  /// Where nothing counts on a terminal, a silence is told once it is longer; in seconds.
  private static let silence = 10.0

  init(_ output: any Output, _ events: any EventSink) {
    self.output = output
    self.events = events
  }

  /// Counts down to the end of a wait. What `isOrdinary` is said once, however often it comes.
  mutating func countDown(
    _ reason: String, until end: Double, at now: Double, isOrdinary: Bool = false
  ) {
    let isTold = told.map { $0.reason == reason && now < $0.end } ?? false
    guard isTold || end - now > Self.patience else { return }
    let line = "waiting \(Self.text(end - now)): \(reason)"
    if !isTold {
      if !isOrdinary || said.insert(reason).inserted { output.talk(line) }
      events.emit(.wait(reason, seconds: end - now))
      told = (reason, end)
    }
    show(line)
  }

  /// Counts the seconds of silence behind a call, which is named by its method and target.
  mutating func countUp(_ call: String, since start: Double, at now: Double) {
    let seconds = now - start
    guard seconds >= Self.patience else { return }
    let line = "waiting for the answer to \(call) \(Self.text(seconds.rounded(.down)))"
    show(line)
    guard !output.showsProgress, seconds >= Self.silence, start > toldCall else { return }
    toldCall = start
    output.talk(line)
  }

  /// What was waited for has come: takes the line away.
  mutating func erase() { show("") }

  private mutating func show(_ line: String) {
    guard line != shown else { return }
    shown = line
    output.progress(line)
  }

  /// `12 s`, and `1h30m0s` where it is long.
  private static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<3_600: "\(Int(seconds.rounded(.up))) s"
    case ..<31_536_000: "\(TimeSpan(microseconds: Int64(seconds.rounded(.up)) * 1_000_000))"
    default: "more than a year"
    }
  }
}
