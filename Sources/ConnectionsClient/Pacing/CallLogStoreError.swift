/// Why the ledger cannot be shared.
package struct CallLogStoreError: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
