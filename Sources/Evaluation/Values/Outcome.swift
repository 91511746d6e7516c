import API
import Language

/// The result of the write for one row.
package struct Outcome: Sendable {
  package let kind: Kind
  /// The reason why it was not done, or a remark.
  package let reason: String?
  package let httpStatus: Int?
  /// The connection after the write, if known.
  package let connection: Connection?

  package enum Kind: String, CaseIterable, Sendable {
    case done, unchanged, rejected, gone, failed, unknown, skipped
  }

  package init(
    _ kind: Kind, _ reason: String? = nil, status: Int? = nil, connection: Connection? = nil
  ) {
    self.kind = kind
    self.reason = reason
    self.httpStatus = status
    self.connection = connection
  }

  /// The outcome of a write whose success response was empty and could not be confirmed by a list.
  package static let unconfirmed = Outcome(
    .unknown, "the answer was empty, and no list could confirm it")

  /// The columns that an action adds to a row.
  package static let columns = [
    Schema.Column("action", .string), Schema.Column("outcome", .string),
    Schema.Column("reason", .string, nullable: true),
    Schema.Column("http_status", .int, nullable: true),
  ]

  /// The columns of connections after an action.
  package static let connections = Schema.connections.adding(columns)

  package func values(action: String) -> [Value] {
    [
      .string(action), .string(kind.rawValue), reason.map(Value.string) ?? .null,
      httpStatus.map { .int(Int64($0)) } ?? .null,
    ]
  }
}
