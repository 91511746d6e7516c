/// The stages that set fields of a connection.
package enum FieldWriter: String, Hashable, Sendable {
  case create, update
}
