/// A fault and the calls that it affects.
///
/// Only calls that pass the checks of token and limits are counted.
package struct SimulatorFault: Hashable, Sendable {
  /// `nil` matches every endpoint.
  package var endpoint: Endpoint?
  /// Matches calls that name this connection; `nil` matches every call.
  package var id: Int64?
  /// Number of the first matching call that gets the fault, from 1.
  package var nth: Int
  /// Number of consecutive matching calls that get it.
  package var times: Int
  package var play: FaultBehavior
  /// Whether the call still takes effect in the workspace.
  package var applies: Bool

  /// With `applies: nil` the fault decides: after a reset or a status the call has no effect, with a
  /// truncated or slow answer it does.
  package init(
    on endpoint: Endpoint? = nil, id: Int64? = nil, nth: Int = 1, times: Int = 1,
    play: FaultBehavior, applies: Bool? = nil
  ) {
    self.endpoint = endpoint
    self.id = id
    self.nth = nth
    self.times = times
    self.play = play
    self.applies = applies ?? play.appliesByDefault
  }

  func matches(_ call: Call) -> Bool {
    (endpoint == nil || endpoint == call.endpoint) && id.map(call.connections.contains) ?? true
  }

  /// `true` iff it affects the matching call with this number.
  func plays(on number: Int) -> Bool { number >= nth && number - nth < times }
}
