import API
import Synchronization

/// The token and the secrets that this program has read so far. Everything that a server sends, and
/// everything that leaves the program, passes through their mask.
package final class KnownSecrets: Sendable {
  private let mask = Mutex(SecretMask())

  package init() {}

  /// Adds a secret that is kept in this place.
  package func add(_ secret: String, from place: String) {
    mask.withLock { $0.add(secret, from: place) }
  }

  package func add(_ token: APIToken, from place: String) {
    mask.withLock { token.add(to: &$0, from: place) }
  }

  package func add(_ secrets: Secrets) { mask.withLock { $0.add(secrets) } }

  /// Adds credentials that are written in a script or file.
  package func add(literals: some Collection<String>) {
    guard !literals.isEmpty else { return }
    mask.withLock { mask in literals.forEach { mask.add(literal: $0) } }
  }

  package func masking(_ text: String) -> String { mask.withLock { $0 }.masking(text) }

  package func masking(_ bytes: [UInt8]) -> [UInt8] { mask.withLock { $0 }.masking(bytes) }

  /// Returns the label of a secret in the text, or `nil` if it holds none.
  package func label(in text: String) -> String? { mask.withLock { $0 }.label(in: text) }

  func masking(_ answer: Answer) -> Answer {
    let mask = mask.withLock { $0 }
    return Answer(
      status: answer.status,
      headers: answer.headers.map { Answer.Header($0.name, mask.masking($0.value)) },
      body: mask.masking(answer.body), unknownCoding: answer.unknownCoding.map(mask.masking))
  }
}
