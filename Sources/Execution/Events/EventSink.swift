import Evaluation

/// Receives the events of a run.
package protocol EventSink: Sendable {
  func emit(_ event: RunEvent)
  /// Ends the stream, emitting a summary with this exit code unless there was one.
  func end(with code: ExitCode)
  var hasFailed: Bool { get }
}

package struct NoEvents: EventSink {
  package init() {}
  package func emit(_ event: RunEvent) {}
  package func end(with code: ExitCode) {}
  package var hasFailed: Bool { false }
}
