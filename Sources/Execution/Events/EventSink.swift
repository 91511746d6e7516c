import Evaluation

/// Receives the events of a run.
package protocol EventSink: Sendable {
  func emit(_ event: RunEvent)
  /// Ends the stream, emitting a summary with this exit code unless there was one.
  func end(with code: ExitCode)
  /// `true` iff events were lost.
  var hasFailed: Bool { get }
}
