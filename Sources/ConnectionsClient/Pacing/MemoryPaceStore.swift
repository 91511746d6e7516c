import Synchronization

/// A ledger of this process alone.
package final class MemoryPaceStore: PaceStore {
  private let ledger: Mutex<PaceLedger>

  package init(_ ledger: PaceLedger = PaceLedger(boot: "")) { self.ledger = Mutex(ledger) }

  package func update<T: Sendable>(_ change: (inout PaceLedger) -> T) -> T {
    ledger.withLock { change(&$0) }
  }
}
