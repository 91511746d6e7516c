import FoundationEssentials

/// The simulator's two sources of time.
package struct SimulatorClock: Sendable {
  /// Time since a fixed start, never decreasing; used for the limits.
  package var elapsed: @Sendable () -> Duration
  /// Milliseconds since 1970-01-01T00:00:00Z; used for the timestamps of connections.
  package var wallMilliseconds: @Sendable () -> Int64

  package init(
    elapsed: @escaping @Sendable () -> Duration,
    wallMilliseconds: @escaping @Sendable () -> Int64
  ) {
    self.elapsed = elapsed
    self.wallMilliseconds = wallMilliseconds
  }

  /// The machine's continuous clock and wall clock.
  package static var system: SimulatorClock {
    let start = ContinuousClock.now
    return SimulatorClock(
      elapsed: { ContinuousClock.now - start },
      wallMilliseconds: { Int64((Date().timeIntervalSince1970 * 1000).rounded()) })
  }

  var now: Timestamp { Timestamp(milliseconds: wallMilliseconds()) }
}
