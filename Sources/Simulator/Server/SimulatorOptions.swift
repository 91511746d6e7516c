/// Choices for behaviour that the API's page leaves open, plus token, port and limits.
package struct SimulatorOptions: Sendable {
  /// The bearer token that every call must carry.
  package var token = "wrk-simulator"
  /// The port on 127.0.0.1; 0 for any free one.
  package var port = 0
  package var limits = SimulatorLimits.documented
  /// Format of `Retry-After` for a call over the limit; `nil` for no such header.
  package var retryAfter: RetryAfterFormat?
  /// The status of `{"success": false, "status": "rejected", …}`, which the page doesn't specify.
  package var refusalStatus = 200
  /// Whether the list is wrapped, `{"result": […]}`, as in embedded workspaces.
  package var wrapsList = false
  /// Whether the list ignores its filters.
  package var ignoresFilters = false
  /// Whether *create* requires `folder_id`, as in workspaces whose Home folder is a project.
  package var requiresFolder = false
  /// Whether a forced disconnect also stops the recipes, which allows a delete afterwards.
  package var forceStopsRecipes = false
  /// Whether an assignment of tags that names an unknown connection or handle is a 404. Otherwise it
  /// ignores them and succeeds.
  package var refusesUnknownTagging = false
  /// Whether an assignment of tags that changes a connection also sets its `updated_at`.
  package var taggingIsAnUpdate = true
  package var clock = SimulatorClock.system

  package init() {}
}
