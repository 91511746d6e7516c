import API
import Evaluation
import JSON
import Planning
import Testing

/// Writes of every kind, for tests of their descriptions.
enum SampleWrites {
  static func connection(_ json: String) throws -> Connection {
    try #require(Connection(try JSONParser.parse(Array(json.utf8))))
  }

  static func outreach() throws -> Connection {
    try connection(
      #"{"id":1304,"name":"Outreach scope connection","application":"outreach","folder_id":4515,"parent_id":null,"external_id":null}"#
    )
  }

  static func sheet() throws -> Connection {
    try connection(
      #"{"id":37,"name":"日本 Blätter","application":"google_sheets","folder_id":null,"external_id":"a\nb"}"#
    )
  }

  static func member(_ name: String, _ value: JSON) -> RequestBody.Member {
    RequestBody.Member(name, .json(value))
  }

  static func update(_ connection: Connection, _ members: RequestBody.Member...)
    -> PlannedWrite
  {
    PlannedWrite(.update, id: connection.id, members, on: connection)
  }

  static func renames() throws -> [PlannedWrite] {
    [
      update(
        try outreach(),
        member("name", .string("Sales – Outreach scope connection (production, EMEA)")),
        member("folder_id", .int(28940))),
      update(
        try sheet(), member("name", .string("日本の売上を集計するためのスプレッドシート接続・東京本社 2026")),
        member("external_id", .string("line one\nline two")), member("folder_id", .int(28940))),
    ]
  }

  static func mixed() throws -> [PlannedWrite] {
    let force = [member("force", .bool(true))]
    return [
      PlannedWrite(.disconnect, id: 1304, force, on: try outreach()),
      PlannedWrite(.delete, id: 37, on: try sheet()),
      update(try outreach(), member("name", .string("Outreach"))),
    ]
  }

  static func creates() throws -> [PlannedWrite] {
    [
      PlannedWrite(
        .create, id: nil,
        [
          member("name", .string("Prod JIRA connection")), member("provider", .string("jira")),
          member("folder_id", .int(1892)),
          RequestBody.Member(
            "input",
            .object([
              RequestBody.Member("host", .confidential(.string("acme"))),
              RequestBody.Member(
                "apitoken", .secret(try #require(SecretReference("env:JIRA_TOKEN")))),
            ])),
        ], on: nil),
      PlannedWrite(
        .create, id: nil,
        [
          member("name", .string("Child")), member("provider", .string("jira")),
          member("parent_id", .int(-1)),
        ], on: nil),
    ]
  }

  static func all() throws -> [[PlannedWrite]] {
    let long = try connection(
      #"{"id":9007199254740991,"name":"\#(String(repeating: "long name ", count: 20))","application":"x","external_id":"a"}"#
    )
    let word = JSON.string(String(repeating: "0123456789", count: 12))
    return [
      [], try renames(), try mixed(), try creates(), [try renames()[0]],
      try renames() + mixed() + creates(),
      [update(long, member("name", word), member("external_id", .null))],
    ]
  }
}
