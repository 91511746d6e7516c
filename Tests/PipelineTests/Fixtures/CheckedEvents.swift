import API
import Evaluation
import Execution
import JSON
import Testing

/// Records events and checks each against the schema.
final class CheckedEvents: EventSink {
  private let events = Locked<[RunEvent]>([])

  /// The events as lines, without their times.
  var lines: [String] {
    events.read { $0 }.map { $0.line(at: "T") }
  }

  var hasFailed: Bool { false }

  func end(with code: ExitCode) {}

  func emit(_ event: RunEvent) {
    #expect(Self.problems(event) == [], "\(event.line(at: ""))")
    events.change { $0.append(event) }
  }

  static func problems(_ event: RunEvent) -> [String] {
    let schema = event.kind.schema
    guard event.members.map(\.0) == schema.map(\.name) else { return ["other members"] }
    return zip(event.members, schema).compactMap { member, known in
      known.types.contains(type(member.1)) ? nil : "\(known.name) is \(type(member.1))"
    }
  }

  private static func type(_ value: JSON) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .int: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

@Suite struct EventTests {
  @Test func reportsEveryEvent() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "used by active recipes")
    await fixture.server.answer([.applied(status: 200, nil), .rejected(refused)])
    _ = try await fixture.run("get 36, 37, 38 | disconnect") {
      $0.execution.failures.stopsAtFirst = true
    }
    #expect(
      fixture.events.lines == [
        #"{"type":"plan","at":"T","writes":3,"sentence":"Disconnect the 3 connections (of 6).","seconds":3.000}"#,
        #"{"type":"write","at":"T","write":1,"call":1,"attempt":1,"action":"disconnect","id":36,"name":"Prod JIRA connection","method":"POST","target":"/api/connections/36/disconnect","body":null}"#,
        #"{"type":"write","at":"T","write":2,"call":2,"attempt":1,"action":"disconnect","id":37,"name":"ACME google sheet account","method":"POST","target":"/api/connections/37/disconnect","body":null}"#,
        #"{"type":"outcome","at":"T","write":1,"action":"disconnect","id":36,"name":"Prod JIRA connection","outcome":"done","reason":null,"http_status":200}"#,
        #"{"type":"write","at":"T","write":3,"call":3,"attempt":1,"action":"disconnect","id":38,"name":"jira_connection","method":"POST","target":"/api/connections/38/disconnect","body":null}"#,
        #"{"type":"outcome","at":"T","write":2,"action":"disconnect","id":37,"name":"ACME google sheet account","outcome":"rejected","reason":"used by active recipes; `disconnect force` disconnects it anyway","http_status":200}"#,
        #"{"type":"outcome","at":"T","write":3,"action":"disconnect","id":38,"name":"jira_connection","outcome":"skipped","reason":"not tried: a row failed, and --on-error is stop","http_status":null}"#,
      ])
  }
}
