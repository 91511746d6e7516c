import ConnectionsClient
import Language

/// What became of one row's write.
package struct Outcome: Sendable {
  package let kind: Kind
  /// Why it was not done, or what is to be known of it.
  package let reason: String?
  package let httpStatus: Int?
  /// The connection as it is afterwards, where that is known.
  package let connection: Connection?

  package enum Kind: String, CaseIterable, Sendable {
    case done, unchanged, rejected, gone, failed, unknown, skipped
  }

  init(_ kind: Kind, _ reason: String? = nil, status: Int? = nil, connection: Connection? = nil) {
    self.kind = kind
    self.reason = reason
    self.httpStatus = status
    self.connection = connection
  }

  /// A success without a word that no list could confirm.
  static let unconfirmed = Outcome(
    .unknown, "the answer was empty, and no list could confirm it")

  /// The columns that an action adds to a row.
  package static let columns = [
    Schema.Column("action", .string), Schema.Column("outcome", .string),
    Schema.Column("reason", .string, nullable: true),
    Schema.Column("http_status", .int, nullable: true),
  ]

  func values(action: String) -> [Value] {
    [
      .string(action), .string(kind.rawValue), reason.map(Value.string) ?? .null,
      httpStatus.map { .int(Int64($0)) } ?? .null,
    ]
  }
}

extension Outcome {
  /// Reads an attempt at `write` as its row's outcome.
  init(_ attempt: Attempt, of write: PlannedWrite) {
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
    case .notFound where write.call.id != nil:
      self.init(.gone, "the connection does not exist", status: rejection.status)
    case .limited:
      // Never an outcome: the write is left for another time.
      self.init(.skipped, "not tried: the rate limit is used up", status: rejection.status)
    case .refused:
      let help = write.wayOut.map { "; \($0)" } ?? ""
      self.init(.rejected, rejection.message + help, status: rejection.status)
    default: self.init(.failed, rejection.message, status: rejection.status)
    }
  }
}
