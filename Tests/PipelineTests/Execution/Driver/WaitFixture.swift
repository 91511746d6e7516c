import API
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Planning

/// Runs a script against a scripted server, under a clock that moves when somebody waits.
struct WaitFixture: WriterSource {
  let clock: SilenceClock
  let transport: ScriptedTransport
  let fixture: PipelineFixture
  private let pacer: SharedRateLimiter

  /// `parts` are played in order; every later call succeeds.
  init(_ parts: [ScriptedTransport.Part], rate: Double = 1_000, onTerminal: Bool = false) {
    clock = SilenceClock(isHeld: parts.first?.isSilent ?? false)
    transport = ScriptedTransport(parts, clock)
    fixture = PipelineFixture(onTerminal: onTerminal)
    pacer = SharedRateLimiter(clock: clock, store: MemoryCallLogStore(), rate: rate)
  }

  var talk: [String] { fixture.output.talk.filter { $0.hasPrefix("waiting") } }
  var shown: [String] { fixture.output.shown.filter { !$0.contains(" · ") } }
  var waits: [String] { fixture.events.lines.filter { $0.contains(#""type":"wait""#) } }

  private var reader: ServerReader {
    ServerReader(transport: transport, server: .standard, pacer: pacer, clock: clock)
  }

  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession {
    WriteSession(
      writer: ServerWriter(transport: transport), reader: reader, pacer: pacer, clock: clock)
  }

  /// Another process of the machine is asked to wait this long.
  func hold(_ kind: RateLimiter.Kind, seconds: Double) {
    guard case .now(let ticket) = pacer.tryAdmit(kind) else { return }
    pacer.answered(ticket, wasLimited: true, pausing: seconds)
  }

  func forecast(_ calls: [PlannedCall]) -> Double { 0 }
  var hostName: String { "www.workato.com" }

  /// `interruption` and `deadline` are seconds after the start.
  func run(_ script: String, deadline: Double? = nil, interruption: Double = .infinity)
    async throws -> PipelineFixture.Result
  {
    try await fixture.run(script) { context in
      context.mode = .live(reader, self)
      context.uptime = clock.uptime
      context.execution.deadline = deadline
      context.isInterrupted = { clock.uptime() >= interruption }
    }
  }
}

/// Answers as scripted, and records the requests.
final class ScriptedTransport: Transport {
  enum Part: Sendable {
    case status(Int, retryAfter: String? = nil)
    case fails(TransportFailure)
    /// A good answer that takes this long.
    case silent(seconds: Double)
    static let good = Part.silent(seconds: 0)

    var isSilent: Bool { if case .silent(let seconds) = self { seconds > 0 } else { false } }
  }

  private let parts: Locked<[Part]>
  private let clock: SilenceClock
  private let requests = Locked<[Request]>([])

  init(_ parts: [Part], _ clock: SilenceClock) {
    self.parts = Locked(parts)
    self.clock = clock
  }

  /// The methods of the requests.
  var sent: [String] { requests.read { $0.map(\.method.rawValue) } }

  func send(_ request: Request) async throws(TransportFailure) -> Answer {
    requests.change { $0.append(request) }
    var part = Part.good
    var isNextSilent = false
    parts.change { parts in
      part = parts.isEmpty ? .good : parts.removeFirst()
      isNextSilent = parts.first?.isSilent ?? false
    }
    switch part {
    case .status(let status, let wait):
      clock.release()
      return Answer(status: status, headers: wait.map { [.init("Retry-After", $0)] } ?? [])
    case .fails(let failure):
      clock.release()
      throw failure
    case .silent(let seconds):
      clock.beginSilence(seconds)
      while !clock.isSilenceOver, !Task.isCancelled { await Task.yield() }
      clock.endSilence(isHeld: seconds > 0 || isNextSilent)
    }
    if Task.isCancelled { throw .interrupted("interrupted") }
    return Self.answer(to: request)
  }

  private static func answer(to request: Request) -> Answer {
    let list = JSON.array(Samples.connections.map { .object($0.object) }).text
    let done = #"{"success":true,"status":"deleted"}"#
    return Answer(status: 200, body: Array((request.method == .get ? list : done).utf8))
  }
}

/// A clock that moves when somebody waits. It stops before a silence of the server, so that it
/// doesn't run ahead of it, and after one until the next call, so that whoever counted the silence
/// doesn't count on.
final class SilenceClock: Timekeeper {
  private struct State {
    var now = 0.0
    var isHeld: Bool
    var silenceEnds: Double?
  }

  private let state: Locked<State>

  init(isHeld: Bool) { state = Locked(State(isHeld: isHeld)) }

  func uptime() -> Double { state.read { $0.now } }

  /// Leaves a millisecond for a call to begin or to end before the time moves.
  func sleep(seconds: Double) async throws {
    try await Task.sleep(for: .milliseconds(1))
    state.change { state in
      guard !state.isHeld else { return }
      state.now = min(state.now + seconds, state.silenceEnds ?? .infinity)
    }
  }

  /// Lets the clock move again.
  func release() { state.change { $0.isHeld = false } }

  func beginSilence(_ seconds: Double) {
    state.change { state in
      state.isHeld = false
      state.silenceEnds = state.now + seconds
    }
  }

  var isSilenceOver: Bool { state.read { $0.now >= $0.silenceEnds ?? 0 } }

  func endSilence(isHeld: Bool) {
    state.change { state in
      state.isHeld = isHeld
      state.silenceEnds = nil
    }
  }
}
