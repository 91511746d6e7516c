/// When a run gives up.
package struct ExecutionPolicy: Sendable {
  package var failures = FailurePolicy()
  /// On the clock of the pace, in seconds.
  package var deadline: Double?

  package init() {}
}
