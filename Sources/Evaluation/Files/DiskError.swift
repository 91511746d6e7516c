/// The reason why a file could not be read or written, as a message.
package struct DiskError: Error, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
