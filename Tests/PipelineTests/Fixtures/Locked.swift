import Synchronization

/// A value behind a lock, for the recorders of tests.
final class Locked<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) { mutex = Mutex(value) }

  func read<T: Sendable>(_ body: (Value) -> T) -> T { mutex.withLock { body($0) } }

  func change(_ body: (inout Value) -> Void) { mutex.withLock { body(&$0) } }
}
