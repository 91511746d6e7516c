import Synchronization

/// Keeps the calls of all processes on this machine within the API's limits.
package final class SharedRateLimiter: Sendable {
  private let clock: any Timekeeper
  private let store: any CallLogStore
  private let warn: @Sendable (CallLogStoreError) -> Void
  private let state: Mutex<State>

  private struct State {
    var pace: RateLimiter
    /// The log as this process last saw it.
    var callLog = CallLog(boot: "")
    /// `true` once the store has failed; from then on this process only considers its own calls.
    var isAlone = false
  }

  /// `rate` is in calls per second, of those that have no window; `warn` is called once if the store fails.
  package init(
    clock: any Timekeeper, store: any CallLogStore, rate: Double = 1,
    warn: @escaping @Sendable (CallLogStoreError) -> Void = { _ in }
  ) {
    self.clock = clock
    self.store = store
    self.warn = warn
    state = Mutex(State(pace: RateLimiter(rate: rate)))
  }

  /// Returns, without waiting, the call's ticket or the time before which it is pointless to ask again.
  package func tryAdmit(_ kind: RateLimiter.Kind) -> RateLimiter.Admission {
    change { pace, callLog, now in pace.admit(kind, at: now, in: &callLog) }
  }

  /// Records a complete answer; `wasLimited` iff it is a 429. `pause` is how long it asks that nothing be
  /// sent on its budget, in seconds; all processes keep to that.
  package func answered(
    _ ticket: RateLimiter.Ticket, wasLimited: Bool, pausing pause: Double? = nil
  ) {
    change { pace, callLog, now in
      pace.answered(ticket, at: now, wasLimited: wasLimited, pausing: pause, in: &callLog)
    }
  }

  /// Records that the call has ended without a complete answer.
  package func failed(_ ticket: RateLimiter.Ticket) {
    change { pace, callLog, now in pace.failed(ticket, at: now, in: &callLog) }
  }

  /// The likely minimum duration of this number of calls of a kind, in seconds.
  package func forecast(_ kind: RateLimiter.Kind = .other, calls: Int) -> Double {
    state.withLock { $0.pace.forecast(kind, calls: calls) }
  }

  private func change<T: Sendable>(
    _ body: (inout RateLimiter, inout CallLog, _ now: Double) -> T
  ) -> T {
    state.withLock { state in
      if !state.isAlone {
        do throws(CallLogStoreError) {
          return try shared(body, &state)
        } catch {
          state.isAlone = true
          warn(error)
        }
      }
      return body(&state.pace, &state.callLog, clock.uptime())
    }
  }

  /// Applies the change to the shared log; leaves the state unchanged if it throws.
  private func shared<T: Sendable>(
    _ body: (inout RateLimiter, inout CallLog, _ now: Double) -> T, _ state: inout State
  ) throws(CallLogStoreError) -> T {
    var new = state
    let result = try store.update { callLog in
      let result = body(&new.pace, &callLog, clock.uptime())
      new.callLog = callLog
      return result
    }
    state = new
    return result
  }
}
