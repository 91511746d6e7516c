/// How many calls had which end.
package struct RequestCounts: Hashable, Sendable {
  /// Lists that were answered.
  package var lists = 0
  /// Writes that changed the workspace, whatever the client was told.
  package var writes = 0
  /// Calls that were over a limit.
  package var limited = 0
}
