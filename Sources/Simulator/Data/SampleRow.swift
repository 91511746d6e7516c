/// One line of the sample table: a connection, followed by its special features.
///
/// Times are computed from the id, so the table is always the same.
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

  /// Returns a copy with these field values.
  func with(_ fields: KeyValuePairs<String, JSONValue>) -> SampleRow {
    changed { row in
      for (name, value) in fields { row.connection[name] = value }
    }
  }

  /// A connection that was never connected.
  var shell: SampleRow { with(["authorized_at": .null, "authorization_status": .null]) }

  func failed(_ error: JSONValue) -> SampleRow {
    with(["authorization_status": "failed", "authorization_error": error])
  }

  func exception(_ error: JSONValue) -> SampleRow {
    with(["authorization_status": "exception", "authorization_error": error])
  }

  /// Lost `days` days after the last authorization; before it if `days` is negative.
  func lost(_ reason: JSONValue, days: Int64) -> SampleRow {
    let lost = authorized.adding(seconds: days * Self.day)
    return with(["connection_lost_at": .string(lost.iso8601), "connection_lost_reason": reason])
  }

  /// Sets `tags` to `null`, which differs from `[]`.
  var untagged: SampleRow { with(["tags": .null]) }

  func child(of parent: Int64) -> SampleRow { with(["parent_id": .integer(parent)]) }

  func owned(by user: JSONValue) -> SampleRow { with(["external_id": user]) }

  /// Writes the same instants with an offset instead of `Z`.
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

  /// A runtime user's connection, listed only on request.
  var runtime: SampleRow { changed { $0.connection.facts.runtime = true } }

  private func changed(_ change: (inout SampleRow) -> Void) -> SampleRow {
    var row = self
    change(&row)
    return row
  }
}
