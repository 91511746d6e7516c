/// The calls that carry fields in their bodies.
package enum WriteAction: String, Hashable, Sendable {
  case create, update
}
