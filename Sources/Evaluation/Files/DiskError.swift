/// Why a file could not be read or written, for a person.
package struct DiskError: Error, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
