import API
import ConnectionsClient
import Evaluation
import JSON
import Planning

/// The objects that a live run sends writes with.
package struct WriteSession: Sendable {
  package let writer: any ConnectionWriter
  /// Lists the workspace being changed, whatever source the script reads from.
  package let reader: any ConnectionReader
  package let pacer: SharedRateLimiter
  package let clock: any Timekeeper
  package let serverClock: ServerClock
  /// The secrets that are read; no visible part of a write may hold one.
  let secrets: KnownSecrets

  package init(
    writer: any ConnectionWriter, reader: any ConnectionReader, pacer: SharedRateLimiter,
    clock: any Timekeeper, serverClock: ServerClock = ServerClock(),
    secrets: KnownSecrets = KnownSecrets()
  ) {
    self.writer = writer
    self.reader = reader
    self.pacer = pacer
    self.clock = clock
    self.serverClock = serverClock
    self.secrets = secrets
  }

  /// Returns the session, or throws with exit 5 if a write would show a secret, for example in a name.
  /// A list masks the secret, so it couldn't show whether such a write was applied.
  func requiring(noSecretShownBy plan: Plan) throws(RunError) -> WriteSession {
    for write in plan.writes {
      let request = write.call.request
      let body = request.body?.shown.text ?? ""
      guard let label = secrets.label(in: request.target) ?? secrets.label(in: body) else {
        continue
      }
      throw RunError(
        .guardRefused,
        "the \(write.action.rawValue) would show \(label) outside of its credentials",
        help: "if the value isn't secret, read it with `env`", at: write.span)
    }
    return self
  }
}
