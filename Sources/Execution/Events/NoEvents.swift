import Evaluation

/// Discards all events.
package struct NoEvents: EventSink {
  package init() {}
  package func emit(_ event: RunEvent) {}
  package func end(with code: ExitCode) {}
  package var hasFailed: Bool { false }
}
