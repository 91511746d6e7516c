/// A fault, and the calls on which it plays.
///
/// Only calls that have passed the token and the limits are counted.
package struct SimulatorFault: Hashable, Sendable {
  /// `nil` matches every endpoint.
  package var endpoint: Endpoint?
  /// `nil` matches every connection, and calls that name none.
  package var id: Int64?
  /// The first matching call that gets the fault, from 1.
  package var nth: Int
  /// How many matching calls in a row get it.
  package var times: Int
  package var play: FaultPlay
  /// Whether the call takes effect in the workspace all the same.
  package var applies: Bool

  /// `applies: nil` is what the fault is for: a reset or a status does not apply, a truncated or
  /// slow answer does.
  package init(
    on endpoint: Endpoint? = nil, id: Int64? = nil, nth: Int = 1, times: Int = 1,
    play: FaultPlay, applies: Bool? = nil
  ) {
    self.endpoint = endpoint
    self.id = id
    self.nth = nth
    self.times = times
    self.play = play
    self.applies = applies ?? play.appliesByDefault
  }

  func matches(_ call: Call) -> Bool {
    (endpoint == nil || endpoint == call.endpoint) && (id == nil || id == call.id)
  }

  /// Whether it plays on the matching call of that number.
  func plays(on number: Int) -> Bool { number >= nth && number - nth < times }
}
