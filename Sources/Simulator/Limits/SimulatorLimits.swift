/// The limits of the list endpoint and of all others together; `nil` for no limit.
package struct SimulatorLimits: Hashable, Sendable {
  package var list: RateLimit?
  package var others: RateLimit?

  package init(list: RateLimit?, others: RateLimit?) {
    self.list = list
    self.others = others
  }

  /// The limits that the API's page states.
  package static let documented = SimulatorLimits(
    list: RateLimit(count: 60, per: .seconds(60)),
    others: RateLimit(count: 1, per: .seconds(1)))

  package static let off = SimulatorLimits(list: nil, others: nil)
}
