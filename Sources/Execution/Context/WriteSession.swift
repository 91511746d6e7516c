import ConnectionsClient

/// The objects that a live run sends writes with.
package struct WriteSession: Sendable {
  package let writer: any ConnectionWriter
  /// Lists the workspace being changed, whatever source the script reads from.
  package let reader: any ConnectionReader
  package let pacer: SharedRateLimiter
  package let clock: any Timekeeper
  package let serverClock: ServerClock

  package init(
    writer: any ConnectionWriter, reader: any ConnectionReader, pacer: SharedRateLimiter,
    clock: any Timekeeper, serverClock: ServerClock = ServerClock()
  ) {
    self.writer = writer
    self.reader = reader
    self.pacer = pacer
    self.clock = clock
    self.serverClock = serverClock
  }
}
