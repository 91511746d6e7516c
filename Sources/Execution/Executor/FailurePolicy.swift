/// When a run gives up on rows that fail.
package struct FailurePolicy: Sendable {
  package var stopsAtFirst = false
  /// Failures in a row.
  package var limit = 10

  package init() {}
}
