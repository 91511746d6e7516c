import API
import Evaluation

/// Makes the writer of a run, once the secrets that it will send have been read.
package protocol WriterSource: Sendable {
  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession
  /// The seconds that so many writes take at least.
  func forecast(writes: Int) -> Double
  /// What a person types to confirm a grave change, such as `www.workato.com`.
  var hostName: String { get }
}
