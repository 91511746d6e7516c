/// The API calls that send fields in their bodies.
package enum WriteAction: String, Hashable, Sendable {
  case create, update
}
