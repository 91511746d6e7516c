/// Why the ledger cannot be shared.
package struct PaceStoreError: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
