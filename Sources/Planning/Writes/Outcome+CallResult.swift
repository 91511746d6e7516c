import API
import Evaluation
import JSON
import Language

extension Outcome {
  package init(_ attempt: CallResult, of write: PlannedWrite) {
    switch attempt {
    case .notSent(let reason, _): self.init(.failed, "not sent: \(reason)")
    case .unknown(let doubt): self.init(.unknown, doubt.reason, status: doubt.status)
    case .rejected(let rejection): self.init(rejection, of: write)
    case .applied(let status, let answer, _):
      self.init(.done, status: status, connection: write.effect(answer: answer))
    }
  }

  private init(_ rejection: Rejection, of write: PlannedWrite) {
    switch rejection.kind {
    // A call for several connections doesn't say which of them, or which tag, is missing.
    case .notFound where write.id != nil && write.definition.connectionsPerCall == 1:
      self.init(.gone, "the connection does not exist", status: rejection.status)
    case .limited:
      // Not the final outcome: the write can still be sent by resuming the run.
      self.init(.skipped, "not tried: the rate limit is used up", status: rejection.status)
    case .refused:
      let advice = write.definition.advice(on: rejection.message, write.members)
      let help = advice.map { "; \($0)" } ?? ""
      self.init(.rejected, rejection.message + help, status: rejection.status)
    default:
      let error = ClientError(rejection, of: write.call.kind)
      let reason = if case .unprivileged = error { error.description } else { rejection.message }
      self.init(.failed, reason, status: rejection.status)
    }
  }
}

// MARK: Logins

extension PlannedWrite {
  /// `true` iff the server tests the credentials that the call sends.
  package var testsLogin: Bool {
    guard members.contains(where: { Field.named($0.name)?.isConfidential ?? false }) else {
      return false
    }
    return !members.contains { $0.name == "shell_connection" && $0.value.shown == .bool(true) }
  }

  /// Returns the reason why the login failed with the credentials that the call sent, if the connection
  /// shows that afterwards.
  package func failedLogin(in connection: Connection?) -> String? {
    guard testsLogin, let connection, let status = connection.member("authorization_status"),
      status.string != "success"
    else { return nil }
    let error = connection.member("authorization_error")?.string.flatMap { $0.isEmpty ? nil : $0 }
    return error ?? status.string ?? "the connection has no status"
  }
}

extension Outcome {
  /// Returns the outcome with a remark if the values were saved, but the login with them failed.
  package func notingLogin(of write: PlannedWrite) -> Outcome {
    guard kind == .done, let problem = write.failedLogin(in: connection) else { return self }
    return Outcome(
      kind, "\(reason ?? "saved"); login failed: \(problem)", status: httpStatus,
      connection: connection)
  }
}
