/// What a workspace knows of a connection and its API does not tell.
///
/// In data files they stand in a connection's member `simulator`:
/// `{"active_recipes": 2, "audit_streaming": true, "runtime": true}`.
package struct SimulatorFacts: Hashable, Sendable {
  /// How many active recipes use the connection.
  package var activeRecipes = 0
  /// Whether it is a destination of audit log streaming.
  package var auditStreaming = false
  /// Whether it is a runtime user's; the list shows those on request only.
  package var runtime = false

  package init() {}
}
