import FoundationEssentials

/// The simulator's two sources of time.
package struct SimulatorClock: Sendable {
  /// Time since any fixed start; never goes back. The limits are judged by it.
  package var elapsed: @Sendable () -> Duration
  /// Milliseconds since 1970-01-01T00:00:00Z; the timestamps of connections are taken from it.
  package var wallMilliseconds: @Sendable () -> Int64

  package init(
    elapsed: @escaping @Sendable () -> Duration,
    wallMilliseconds: @escaping @Sendable () -> Int64
  ) {
    self.elapsed = elapsed
    self.wallMilliseconds = wallMilliseconds
  }

  /// The machine's continuous clock and its time of day.
  package static var system: SimulatorClock {
    let start = ContinuousClock.now
    return SimulatorClock(
      elapsed: { ContinuousClock.now - start },
      wallMilliseconds: { Int64((Date().timeIntervalSince1970 * 1000).rounded()) })
  }

  var now: Timestamp { Timestamp(milliseconds: wallMilliseconds()) }
}
