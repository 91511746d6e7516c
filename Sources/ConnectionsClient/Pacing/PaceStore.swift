/// Where the ledger is that processes share.
package protocol PaceStore: Sendable {
  /// Changes the ledger, with nobody else at it meanwhile. `change` runs once, or not at all where
  /// this throws before.
  func update<T: Sendable>(_ change: (inout PaceLedger) -> T) throws(PaceStoreError) -> T
}
