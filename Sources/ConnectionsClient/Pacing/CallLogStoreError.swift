/// The reason the call log can't be shared.
package struct CallLogStoreError: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
