/// The actions that change a connection. The raw value is the name of the stage, and the spelling
/// in plan files, journals and events.
package enum WriteAction: String, CaseIterable, Sendable {
  case create, update, disconnect, delete, tag, untag
}
