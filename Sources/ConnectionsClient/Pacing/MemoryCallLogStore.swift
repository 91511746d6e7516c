import Synchronization

/// A call log that only this process uses.
package final class MemoryCallLogStore: CallLogStore {
  private let ledger: Mutex<CallLog>

  package init(_ ledger: CallLog = CallLog(boot: "")) { self.ledger = Mutex(ledger) }

  package func update<T: Sendable>(_ change: (inout CallLog) -> T) -> T {
    ledger.withLock { change(&$0) }
  }
}
