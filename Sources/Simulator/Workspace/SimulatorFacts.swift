/// Facts about a connection that the API doesn't show.
///
/// In data files they are in a connection's member `simulator`:
/// `{"active_recipes": 2, "audit_streaming": true, "runtime": true}`.
package struct SimulatorFacts: Hashable, Sendable {
  /// Number of active recipes that use the connection.
  package var activeRecipes = 0
  /// Whether it is a destination of audit log streaming.
  package var auditStreaming = false
  /// Whether it belongs to a runtime user; the list shows those only on request.
  package var runtime = false

  package init() {}
}
