/// A limit of `count` calls in any interval of length `period`.
package struct RateLimit: Hashable, Sendable {
  package var count: Int
  package var period: Duration

  package init(count: Int, per period: Duration) {
    self.count = count
    self.period = period
  }
}
