import Synchronization

/// A call log that only this process uses.
package final class MemoryCallLogStore: CallLogStore {
  private let callLog: Mutex<CallLog>

  package init(_ callLog: CallLog = CallLog(boot: "")) { self.callLog = Mutex(callLog) }

  package func update<T: Sendable>(_ change: (inout CallLog) -> T) -> T {
    callLog.withLock { change(&$0) }
  }
}
