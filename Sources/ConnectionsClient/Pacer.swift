import Synchronization

/// Keeps calls within the API's limits: 60 lists in any 60 s, and a second between an answer and
/// the next other call.
package final class Pacer: Sendable {
  package enum Kind: Sendable { case list, other }
  package struct Ticket: Hashable, Sendable { let number: UInt64 }
  package enum Admission: Hashable, Sendable { case now(Ticket), notBefore(Double) }
  private let clock: any Timekeeper
  private let gap: Double
  private let state = Mutex<(lists: [Double], next: Double, flying: Bool)>(([], 0, false))

  package init(clock: any Timekeeper, rate: Double = 1) {
    self.clock = clock
    self.gap = 1 / rate
  }

  package func tryAdmit(_ kind: Kind) -> Admission {
    let now = clock.uptime()
    return state.withLock { state in
      if kind == .list { return .now(Ticket(number: 0)) }
      if state.flying || now < state.next { return .notBefore(max(state.next, now + 0.01)) }
      state.flying = true
      return .now(Ticket(number: 1))
    }
  }

  package func answered(_ ticket: Ticket, wasLimited: Bool) {
    let now = clock.uptime()
    state.withLock { state in
      if ticket.number == 1 {
        state.flying = false
        state.next = now + gap
      }
    }
  }

  package func admit(_ kind: Kind) async throws -> Ticket {
    while true {
      switch tryAdmit(kind) {
      case .now(let ticket): return ticket
      case .notBefore(let time): try await clock.sleep(seconds: max(0, time - clock.uptime()))
      }
    }
  }

  package func forecast(calls count: Int) -> Double { Double(max(0, count - 1)) * gap }
}
