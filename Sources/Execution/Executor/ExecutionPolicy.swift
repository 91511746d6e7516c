/// The conditions under which a run gives up.
package struct ExecutionPolicy: Sendable {
  package var failures = FailurePolicy()
  /// Uptime on the rate limiter's clock, in seconds; `nil` for no deadline.
  package var deadline: Double?

  package init() {}
}

/// The number of failed rows after which a run stops.
package struct FailurePolicy: Sendable {
  package var stopsAtFirst = false
  /// Maximum consecutive failures.
  package var limit = 10

  package init() {}
}
