/// What the API's page leaves open, and which of the possible answers the simulator plays.
package struct SimulatorOptions: Sendable {
  /// The bearer token that every call must carry.
  package var token = "wrk-simulator"
  /// The port on 127.0.0.1; 0 takes any free one.
  package var port = 0
  package var limits = SimulatorLimits.documented
  /// Whether a call over the limit is told when to come back, and in which form.
  package var retryAfter: RetryAfterForm?
  /// The status of `{"success": false, "status": "rejected", …}`, which the page does not state.
  package var refusalStatus = 200
  /// Whether the list is wrapped, `{"result": […]}`, as in embedded workspaces.
  package var wrapsList = false
  /// Whether the list pays no attention to its filters.
  package var ignoresFilters = false
  /// Whether *create* insists on `folder_id`, as where the Home folder became a project.
  package var requiresFolder = false
  /// Whether a forced disconnect also stops the recipes, so that a delete is possible after it.
  package var forceStopsRecipes = false
  package var clock = SimulatorClock.system

  package init() {}
}
