/// Counts of calls by result.
package struct RequestCounts: Hashable, Sendable {
  /// Number of answered lists.
  package var lists = 0
  /// Number of writes that changed the workspace, whatever the client was told.
  package var writes = 0
  /// Number of calls over a limit.
  package var limited = 0
}
