/// Where the ledger is that processes share.
package protocol CallLogStore: Sendable {
  /// Changes the ledger, with nobody else at it meanwhile. `change` runs once, or not at all where
  /// this throws before.
  func update<T: Sendable>(_ change: (inout CallLog) -> T) throws(CallLogStoreError) -> T
}
