/// The conditions under which a run gives up.
package struct ExecutionPolicy: Sendable {
  package var failures = FailurePolicy()
  /// Uptime on the rate limiter's clock, in seconds; `nil` for no deadline.
  package var deadline: Double?

  package init() {}
}
