import API
import Evaluation
import JSON
import Planning
import Text

/// An event of a run: one line of the stream that `--events` writes for other programs.
package struct RunEvent: Sendable {
  package let kind: Kind
  package let members: [(String, JSON)]

  /// The minor version grows when members are added, the major version when they change.
  static let format = "1.0"

  /// Creates an event with these values for the members of its ``Kind/schema``.
  package init(_ kind: Kind, _ values: JSON...) {
    self.kind = kind
    members = zip(kind.schema, values).map { ($0.name, $1) }
  }

  /// The line without its newline; `time` is the wall-clock time in UTC.
  package func line(at time: String) -> String {
    let head: [(String, JSON)] = [("type", .string(kind.rawValue))]
    let time: [(String, JSON)] = kind == .version ? [] : [("at", .string(time))]
    return JSON.object(JSON.Object(head + time + members)).text
  }

  package enum Kind: String, CaseIterable, Sendable {
    case version, run, plan, write, call, wait, outcome, output, summary
  }
}

extension RunEvent.Kind {
  /// A member of an event, as described in the schema.
  package struct Member: Sendable {
    package let name: String
    package let types: [String]
    package let meaning: String

    init(_ name: String, _ types: String..., meaning: String) {
      self.name = name
      self.types = types
      self.meaning = meaning
    }
  }

  package var meaning: String {
    switch self {
    case .version: "The first line: the format version of the stream."
    case .run: "A run has started."
    case .plan: "The writes of a pipeline are confirmed."
    case .write: "A call has been recorded in the journal and is about to be sent."
    case .call: "A request was answered, or failed."
    case .wait: "conn is waiting and sends nothing."
    case .outcome: "A write has an outcome."
    case .output: "Text that would go to stdout if the events didn't go there."
    case .summary: "The last line: how the run ended."
    }
  }

  /// `create, update, disconnect or delete`
  private var actions: String {
    ListText.listed(WriteAction.allCases.map(\.rawValue), "or")
  }

  /// The members beside `type` and `at`, in their order.
  package var schema: [Member] {
    switch self {
    case .version: [Member("format", "string", meaning: "major.minor")]
    case .run:
      [
        Member("script", "string", meaning: "file name, or eval, repl or stdin"),
        Member("mode", "string", meaning: "dry-run, preview, plan or live"),
        Member("host", "string", "null", meaning: "null if no server is needed"),
        Member("now", "string", meaning: "value of now()"),
      ]
    case .plan:
      [
        Member("writes", "integer", meaning: "number of calls"),
        Member("sentence", "string", meaning: "what they will do, in plain English"),
        Member("seconds", "number", meaning: "estimated duration"),
      ]
    case .write:
      [
        Member("write", "integer", meaning: "number of the write in the run, from 1"),
        Member("call", "integer", meaning: "number of the first write that the same call makes"),
        Member("attempt", "integer", meaning: "number of the attempt, from 1"),
        Member("action", "string", meaning: actions),
        Member("id", "integer", "null", meaning: "the connection's id; null for a new one"),
        Member("name", "string", "null", meaning: "the connection's name"),
        Member("method", "string", meaning: "HTTP method"),
        Member("target", "string", meaning: "path and query of the request"),
        Member("body", "object", "null", meaning: "with references in place of secrets"),
      ]
    case .call:
      [
        Member("method", "string", meaning: "HTTP method"),
        Member("target", "string", meaning: "path and query of the request"),
        Member("status", "integer", "null", meaning: "status of the answer; null if there is none"),
        Member("error", "string", "null", meaning: "why there is no answer"),
        Member("seconds", "number", meaning: "from the request to the end of the answer"),
      ]
    case .wait:
      [
        Member("seconds", "number", meaning: "maximum duration"),
        Member("reason", "string", meaning: "why, for people to read"),
      ]
    case .outcome:
      [
        Member("write", "integer", meaning: "number of the write in the run, from 1"),
        Member("action", "string", meaning: actions),
        Member("id", "integer", "null", meaning: "the connection's id, if known"),
        Member("name", "string", "null", meaning: "the connection's name"),
        Member(
          "outcome", "string",
          meaning: "done, unchanged, rejected, gone, failed, unknown or skipped"),
        Member("reason", "string", "null", meaning: "why, for people to read"),
        Member("http_status", "integer", "null", meaning: "status of the last answer"),
      ]
    case .output: [Member("text", "string", meaning: "one or more lines")]
    case .summary:
      [
        Member("exit", "integer", meaning: "the exit code"),
        Member("complete", "boolean", meaning: "false if the run can be resumed"),
        Member("run", "string", "null", meaning: "the run's id, if it has a journal"),
        Member("sentence", "string", "null", meaning: "what happened, in plain English"),
        Member("outcomes", "object", meaning: "number of writes by outcome"),
        Member("lists", "integer", meaning: "number of list calls sent"),
        Member("seconds", "number", meaning: "duration of the run"),
      ]
    }
  }
}

/// The JSON Schema of an event line, generated from the table above. Source: json-schema.org, draft 2020-12.
package enum EventSchema {
  package static var json: JSON {
    .members([
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("title", .string("conn --events, format \(RunEvent.format): one line")),
      ("oneOf", .array(RunEvent.Kind.allCases.map(line))),
    ])
  }

  private static func line(_ kind: RunEvent.Kind) -> JSON {
    let time: [RunEvent.Kind.Member] =
      kind == .version ? [] : [.init("at", "string", meaning: "the time in UTC, ISO 8601")]
    let members = time + kind.schema
    let type: (String, JSON) = ("type", .members([("const", .string(kind.rawValue))]))
    return .members([
      ("description", .string(kind.meaning)), ("type", "object"),
      ("properties", .members([type] + members.map { ($0.name, property($0)) })),
      ("required", .array(["type"] + members.map { .string($0.name) })),
    ])
  }

  private static func property(_ member: RunEvent.Kind.Member) -> JSON {
    let types = member.types.map(JSON.string)
    return .members([
      ("type", types.count == 1 ? types[0] : .array(types)),
      ("description", .string(member.meaning)),
    ])
  }

}

extension JSON {
  /// A number of seconds with at most three decimals.
  static func seconds(_ seconds: Double) -> JSON {
    let thousandths = Int64((min(max(seconds, 0), 1e15) * 1_000).rounded())
    let rest = String(thousandths % 1_000 + 1_000).dropFirst()
    return .number("\(thousandths / 1_000).\(rest)")
  }
}

extension RunEvent {
  static func plan(_ plan: PlanDigest, seconds: Double) -> RunEvent {
    RunEvent(.plan, plan.writes.json, plan.sentence.json, .seconds(seconds))
  }

  static func wait(_ reason: String, seconds: Double) -> RunEvent {
    RunEvent(.wait, .seconds(seconds), reason.json)
  }

  /// `error` is the reason if there is no answer.
  package static func call(_ request: Request, status: Int?, error: String?, seconds: Double)
    -> RunEvent
  {
    RunEvent(
      .call, request.method.rawValue.json, request.target.json, status.json, error.json,
      .seconds(seconds))
  }

  package static func run(script: String, mode: String, host: String?, now: String) -> RunEvent {
    RunEvent(.run, script.json, mode.json, host.json, now.json)
  }

  package static let version = RunEvent(.version, format.json)

  package static func output(_ text: String) -> RunEvent {
    RunEvent(.output, text.json)
  }
}
