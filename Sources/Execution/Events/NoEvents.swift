import Evaluation

/// For runs that nobody watches.
package struct NoEvents: EventSink {
  package init() {}
  package func emit(_ event: RunEvent) {}
  package func end(with code: ExitCode) {}
  package var hasFailed: Bool { false }
}
