/// One line of the sample table: what a connection is, and then what is special about it.
///
/// Times are computed from the id, so that the table is the same on every day.
struct SampleRow {
  private static let hour: Int64 = 3600
  private static let day: Int64 = 86_400
  /// 2019-01-07T09:00:00.250Z
  private static let firstCreation = Timestamp(milliseconds: 1_546_851_600_250)

  private(set) var connection: SimulatedConnection
  private let created: Timestamp
  private let authorized: Timestamp
  private let updated: Timestamp

  init(_ id: Int64, _ application: String, _ name: String, in folder: Int64, _ tags: String...) {
    created = Self.firstCreation.adding(seconds: id * 7919 % 1800 * Self.day + id * 61 % 40_000)
    authorized = created.adding(seconds: Self.hour + id % 60)
    updated = authorized.adding(seconds: id * 31 % 500 * Self.day + id % 3600)
    connection = SimulatedConnection(
      id: id,
      fields: [
        "application": .string(application), "name": .string(name), "description": .null,
        "authorized_at": .string(authorized.iso8601), "authorization_status": "success",
        "authorization_error": .null, "created_at": .string(created.iso8601),
        "updated_at": .string(updated.iso8601), "external_id": .null,
        "folder_id": .integer(folder), "connection_lost_at": .null,
        "connection_lost_reason": .null, "parent_id": .null,
        "tags": .array(tags.map { .string($0) }),
      ])
  }

  /// A copy in which those fields have those values.
  func with(_ fields: KeyValuePairs<String, JSONValue>) -> SampleRow {
    changed { row in
      for (name, value) in fields { row.connection[name] = value }
    }
  }

  /// Never connected.
  var shell: SampleRow { with(["authorized_at": .null, "authorization_status": .null]) }

  func failed(_ error: JSONValue) -> SampleRow {
    with(["authorization_status": "failed", "authorization_error": error])
  }

  func exception(_ error: JSONValue) -> SampleRow {
    with(["authorization_status": "exception", "authorization_error": error])
  }

  /// Lost so many days after it was last authorized; before that, where `days` is negative.
  func lost(_ reason: JSONValue, days: Int64) -> SampleRow {
    let lost = authorized.adding(seconds: days * Self.day)
    return with(["connection_lost_at": .string(lost.iso8601), "connection_lost_reason": reason])
  }

  /// `tags: null`, which is not `[]`.
  var untagged: SampleRow { with(["tags": .null]) }

  func child(of parent: Int64) -> SampleRow { with(["parent_id": .integer(parent)]) }

  func owned(by user: JSONValue) -> SampleRow { with(["external_id": user]) }

  /// The same instants with an offset in the place of `Z`.
  var inPacificTime: SampleRow {
    with([
      "authorized_at": .string(authorized.iso8601Pacific),
      "created_at": .string(created.iso8601Pacific), "updated_at": .string(updated.iso8601Pacific),
    ])
  }

  func activeRecipes(_ count: Int) -> SampleRow {
    changed { $0.connection.facts.activeRecipes = count }
  }

  var auditStreaming: SampleRow { changed { $0.connection.facts.auditStreaming = true } }

  /// Listed only where runtime users' connections are asked for.
  var runtime: SampleRow { changed { $0.connection.facts.runtime = true } }

  private func changed(_ change: (inout SampleRow) -> Void) -> SampleRow {
    var row = self
    change(&row)
    return row
  }
}
