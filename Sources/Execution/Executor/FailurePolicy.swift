/// The number of failed rows after which a run stops.
package struct FailurePolicy: Sendable {
  package var stopsAtFirst = false
  /// Maximum consecutive failures.
  package var limit = 10

  package init() {}
}
