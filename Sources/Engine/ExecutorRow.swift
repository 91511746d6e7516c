import ConnectionsClient
import Language

/// Where one write stands.
struct ExecutorRow: Sendable {
  var write: PlannedWrite
  /// Its place in the run, from 1.
  let number: Int
  var phase = Phase.idle
  /// How often it was stored as about to leave.
  var attempts = 0
  var sentAt = 0.0
  var unsent = 0
  var limited = 0
  /// How often it was sent again after doubt.
  var resends = 0
  /// How often the list did not show a create.
  var absences = 0
  /// Why an attempt may have been done; `nil` where none may.
  var doubt: Doubt?
  var wasSent = false

  enum Phase: Sendable {
    case idle
    /// Its intent is on the way to the disk.
    case intending(notBefore: Double)
    case ready(notBefore: Double)
    case flying
    /// The list will tell whether it was done.
    case listing(notBefore: Double)
    /// Done by an answer without a word: a list is to confirm it.
    case confirming(Outcome)
    /// Its outcome is on the way to the disk.
    case settled(Outcome)
    case closed(Outcome)
  }

  init(_ write: PlannedWrite, number: Int) {
    self.write = write
    self.number = number
  }

  var isFlying: Bool { if case .flying = phase { true } else { false } }
  var isConfirming: Bool { if case .confirming = phase { true } else { false } }
  var isClosed: Bool { if case .closed = phase { true } else { false } }

  /// `true` iff something went wrong with it that is not over.
  var isTroubled: Bool {
    if isClosed || isConfirming { return false }
    return doubt != nil || unsent > 0 || limited > 0 || attempts > 1
  }

  var trouble: String { doubt?.reason ?? (limited > 0 ? "the rate limit is used up" : "not sent") }
}

/// What the journal holds of a write.
package struct RecordedWrite: Sendable {
  /// The last one.
  package var intent: Intent
  package var outcome: RecordedOutcome?

  package init(intent: Intent, outcome: RecordedOutcome? = nil) {
    self.intent = intent
    self.outcome = outcome
  }
}

/// When a run gives up.
package struct ExecutionPolicy: Sendable {
  package var failures = FailurePolicy()
  /// On the clock of the pace, in seconds.
  package var deadline: Double?

  package init() {}
}

/// How many retries a run may afford: timeouts and the server's own errors use it up.
struct RetryBudget: Sendable {
  private static let most = 100
  private var tokens = Self.most

  var isUsedUp: Bool { tokens <= 0 }

  mutating func succeeded() { tokens = min(Self.most, tokens + 1) }

  mutating func failed(_ kind: Doubt.Kind) {
    if kind == .timeout || kind == .server { tokens -= 10 }
  }
}

/// The calls that a confirmed plan still permits.
struct WriteAllowance: Sendable {
  private var planned: [WriteCall: Int] = [:]
  /// By the stage, for connections which the same pipeline creates.
  private var onCreated: [SourceSpan?: Int] = [:]
  private var created: Set<Int64> = []

  mutating func add(_ writes: [PlannedWrite]) {
    for write in writes {
      if let id = write.call.id, id < 0 {
        onCreated[write.span, default: 0] += 1
      } else {
        planned[write.call, default: 0] += 1
      }
    }
  }

  mutating func noteCreated(_ id: Int64) { created.insert(id) }

  /// Returns `true` iff the plan holds the call, and not more often than it was taken already.
  mutating func take(_ write: PlannedWrite) -> Bool {
    if let id = write.call.id, created.contains(id), onCreated.takeOne(write.span) { return true }
    return planned.takeOne(write.call)
  }
}

extension Dictionary where Value == Int {
  /// Returns `false` where none is left.
  fileprivate mutating func takeOne(_ key: Key) -> Bool {
    guard let left = self[key], left > 0 else { return false }
    self[key] = left - 1
    return true
  }
}

/// A small generator for jitter. Source: Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators" (2014).
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// In 0..<1.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
