import API
import Evaluation
import Planning

/// Creates the write session of a run after reading the secrets that it needs.
package protocol WriterSource: Sendable {
  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession
  /// The minimum duration of these calls, in seconds.
  func forecast(_ calls: [PlannedCall]) -> Double
  /// The host name that the user types to confirm a dangerous change, such as `www.workato.com`.
  var hostName: String { get }
}
