import Evaluation

/// Where events go.
package protocol EventSink: Sendable {
  func emit(_ event: RunEvent)
  /// The program ends with the code: emits a summary where none was.
  func end(with code: ExitCode)
  /// `true` iff events were lost.
  var hasFailed: Bool { get }
}
