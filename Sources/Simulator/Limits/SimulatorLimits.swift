/// The limits of the list endpoint, of the endpoints for tags, and of all others together; `nil` for no
/// limit.
package struct SimulatorLimits: Hashable, Sendable {
  package var list: RateLimit?
  package var others: RateLimit?
  package var tags: RateLimit?

  package init(list: RateLimit?, others: RateLimit?, tags: RateLimit? = nil) {
    self.list = list
    self.others = others
    self.tags = tags
  }

  /// The limits that the API's page states, and Workato's documentation of tags.
  package static let documented = SimulatorLimits(
    list: RateLimit(count: 60, per: .seconds(60)),
    others: RateLimit(count: 1, per: .seconds(1)),
    tags: RateLimit(count: 60, per: .seconds(60)))

  package static let off = SimulatorLimits(list: nil, others: nil)

  subscript(budget: Budget) -> RateLimit? {
    switch budget {
    case .list: list
    case .others: others
    case .tags: tags
    }
  }
}
