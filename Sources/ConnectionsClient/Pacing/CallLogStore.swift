/// Stores the call log that processes share.
package protocol CallLogStore: Sendable {
  /// Changes the log while holding its lock. `change` runs once, or not at all if this throws first.
  func update<T: Sendable>(_ change: (inout CallLog) -> T) throws(CallLogStoreError) -> T
}
