import Synchronization

/// Keeps the calls of this process, together with those of all others, within the API's limits.
package final class Pacer: Sendable {
  private let clock: any Timekeeper
  private let store: any PaceStore
  private let warn: @Sendable (PaceStoreError) -> Void
  private let state: Mutex<State>

  private struct State {
    var pace: Pace
    /// The ledger as this process last saw it.
    var ledger = PaceLedger(boot: "")
    /// Set once the store has failed: this process then paces itself alone.
    var isAlone = false
  }

  /// `rate` is in calls a second, lists apart; `warn` hears, once, why the store failed.
  package init(
    clock: any Timekeeper, store: any PaceStore, rate: Double = 1,
    warn: @escaping @Sendable (PaceStoreError) -> Void = { _ in }
  ) {
    self.clock = clock
    self.store = store
    self.warn = warn
    state = Mutex(State(pace: Pace(rate: rate)))
  }

  /// Returns at once: the call's ticket, or the time on the clock before which it is no use to ask
  /// again.
  package func tryAdmit(_ kind: Pace.Kind) -> Pace.Admission {
    change { pace, ledger, now in pace.admit(kind, at: now, in: &ledger) }
  }

  /// A complete answer has come; `wasLimited` iff it is a 429.
  package func answered(_ ticket: Pace.Ticket, wasLimited: Bool) {
    change { pace, ledger, now in
      pace.answered(ticket, at: now, wasLimited: wasLimited, in: &ledger)
    }
  }

  /// The call has ended without a complete answer.
  package func failed(_ ticket: Pace.Ticket) {
    change { pace, ledger, now in pace.failed(ticket, at: now, in: &ledger) }
  }

  /// The seconds that so many other calls are likely to take at least.
  package func forecast(calls: Int) -> Double {
    state.withLock { $0.pace.forecast(calls: calls) }
  }

  private func change<T: Sendable>(
    _ body: (inout Pace, inout PaceLedger, _ now: Double) -> T
  ) -> T {
    state.withLock { state in
      if !state.isAlone {
        do throws(PaceStoreError) {
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
    _ body: (inout Pace, inout PaceLedger, _ now: Double) -> T, _ state: inout State
  ) throws(PaceStoreError) -> T {
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
