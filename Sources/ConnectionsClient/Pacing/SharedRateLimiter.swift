import Synchronization

/// Keeps the calls of this process, together with those of all others, within the API's limits.
package final class SharedRateLimiter: Sendable {
  private let clock: any Timekeeper
  private let store: any CallLogStore
  private let warn: @Sendable (CallLogStoreError) -> Void
  private let state: Mutex<State>

  private struct State {
    var pace: RateLimiter
    /// The ledger as this process last saw it.
    var ledger = CallLog(boot: "")
    /// Set once the store has failed: this process then paces itself alone.
    var isAlone = false
  }

  /// `rate` is in calls a second, lists apart; `warn` hears, once, why the store failed.
  package init(
    clock: any Timekeeper, store: any CallLogStore, rate: Double = 1,
    warn: @escaping @Sendable (CallLogStoreError) -> Void = { _ in }
  ) {
    self.clock = clock
    self.store = store
    self.warn = warn
    state = Mutex(State(pace: RateLimiter(rate: rate)))
  }

  /// Returns at once: the call's ticket, or the time on the clock before which it is no use to ask
  /// again.
  package func tryAdmit(_ kind: RateLimiter.Kind) -> RateLimiter.Admission {
    change { pace, ledger, now in pace.admit(kind, at: now, in: &ledger) }
  }

  /// A complete answer has come; `wasLimited` iff it is a 429.
  package func answered(_ ticket: RateLimiter.Ticket, wasLimited: Bool) {
    change { pace, ledger, now in
      pace.answered(ticket, at: now, wasLimited: wasLimited, in: &ledger)
    }
  }

  /// The call has ended without a complete answer.
  package func failed(_ ticket: RateLimiter.Ticket) {
    change { pace, ledger, now in pace.failed(ticket, at: now, in: &ledger) }
  }

  /// The seconds that so many other calls are likely to take at least.
  package func forecast(calls: Int) -> Double {
    state.withLock { $0.pace.forecast(calls: calls) }
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
      return body(&state.pace, &state.ledger, clock.uptime())
    }
  }

  /// Leaves the state alone where it throws.
  private func shared<T: Sendable>(
    _ body: (inout RateLimiter, inout CallLog, _ now: Double) -> T, _ state: inout State
  ) throws(CallLogStoreError) -> T {
    var new = state
    let result = try store.update { ledger in
      let result = body(&new.pace, &ledger, clock.uptime())
      new.ledger = ledger
      return result
    }
    state = new
    return result
  }
}
