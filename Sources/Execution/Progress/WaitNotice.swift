import Evaluation
import Language

/// Reports waits longer than two seconds to the user and to the events.
struct WaitNotice: Sendable {
  private let output: any Output
  private let events: any EventSink
  private var told: (reason: String, end: Double)?
  private var said: Set<String> = []
  /// Send time of the latest call reported as unanswered.
  private var toldCall = -Double.infinity
  private var shown = ""

  /// Shorter waits are not reported, in seconds.
  private static let patience = 2.0
  /// Without a terminal, an unanswered call is reported once, after this many seconds.
  private static let silence = 10.0

  init(_ output: any Output, _ events: any EventSink) {
    self.output = output
    self.events = events
  }

  /// Counts down to the end of a wait. An ordinary wait is reported only once.
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

  /// Counts the seconds since `call`, given as method and target, was sent.
  mutating func countUp(_ call: String, since start: Double, at now: Double) {
    let seconds = now - start
    guard seconds >= Self.patience else { return }
    let line = "waiting for the answer to \(call) \(Self.text(seconds.rounded(.down)))"
    show(line)
    guard !output.showsProgress, seconds >= Self.silence, start > toldCall else { return }
    toldCall = start
    output.talk(line)
  }

  mutating func erase() { show("") }

  private mutating func show(_ line: String) {
    guard line != shown else { return }
    shown = line
    output.progress(line)
  }

  /// `12 s`, or `1h30m0s` for an hour or more.
  private static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<3_600: "\(Int(seconds.rounded(.up))) s"
    case ..<31_536_000: "\(TimeSpan(microseconds: Int64(seconds.rounded(.up)) * 1_000_000))"
    default: "more than a year"
    }
  }
}
