import API
import Evaluation
import JSON
import Language
import Planning

/// Encodes and decodes the members of each record; the order of members is part of the format.
extension JournalRecord {
  var members: [(String, JSON)] {
    switch self {
    case .start(let start):
      [("type", "run-start"), ("format", .int(JournalEncoder.format))]
        + RunStart.format.members(start)
    case .resumed(let version, let token):
      [("type", "run-resumed"), ("version", version.json), ("token", token.json)]
    case .list(let list): [("type", "list")] + RecordedList.format.members(list)
    case .file(let path, let sha256, let file):
      [("type", "file"), ("path", path.json), ("sha256", sha256.json), ("file", file.json)]
    case .known(let known): [("type", "known")] + KnownIDs.format.members(known)
    case .plan(let plan): [("type", "plan")] + PlanDigest.format.members(plan)
    case .intent(let intent): [("type", "intent")] + Intent.format.members(intent)
    case .outcome(let outcome): [("type", "outcome")] + RecordedOutcome.format.members(outcome)
    case .end(let code, let isComplete, let sentence):
      [
        ("type", "run-end"), ("exit", .int(Int64(code))), ("complete", isComplete.json),
        ("sentence", sentence.json),
      ]
    }
  }

  /// Returns `nil` if a member is missing or has the wrong type.
  init?(_ object: JSON.Object) {
    guard let type = object["type"]?.string, let read = Self.readers[type],
      let record = try? read(JSONCursor(.object(object))), record.isValid
    else { return nil }
    self = record
  }

  private static let readers: [String: @Sendable (JSONCursor) throws -> JournalRecord] = [
    "run-start": { .start(try RunStart.format.read($0)) },
    "run-resumed": { .resumed(version: try $0.value("version"), token: try $0.value("token")) },
    "list": { .list(try RecordedList.format.read($0)) },
    "file": {
      .file(path: try $0.value("path"), sha256: try $0.value("sha256"), file: try $0.value("file"))
    },
    "known": { .known(try KnownIDs.format.read($0)) },
    "plan": { .plan(try PlanDigest.format.read($0)) },
    "intent": { .intent(try Intent.format.read($0)) },
    "outcome": { .outcome(try RecordedOutcome.format.read($0)) },
    "run-end": {
      .end(
        exitCode: Int32(clamping: try $0.value("exit", as: Int64.self)),
        isComplete: try $0.value("complete"), sentence: try $0.value("sentence"))
    },
  ]

  /// Upper limit for attempts in a journal; more than any run makes, so incrementing can't overflow.
  private static let maxAttempts = 1_000_000

  /// `false` iff a number is none that a run can have.
  private var isValid: Bool {
    switch self {
    case .intent(let intent): intent.number > 0 && (1...Self.maxAttempts).contains(intent.attempt)
    case .outcome(let outcome): outcome.number > 0
    default: true
    }
  }
}

extension RunStart {
  fileprivate static let format = RecordFormat(
    Self.init, RecordMember("version", \.version), RecordMember("command", \.command),
    RecordMember("script", \.script), RecordMember("sha256", \.sha256),
    RecordMember("keeps_script", \.keepsScript), RecordMember("arguments", \.arguments),
    RecordMember("working_directory", \.workingDirectory), RecordMember("now", \.now),
    RecordMember("host", \.host), RecordMember("token", \.token),
    RecordMember("profile", \.profile), RecordMember("options", \.options))
}

extension RecordedList {
  fileprivate static let format = RecordFormat(
    Self.init, RecordMember("file", \.file), RecordMember("sha256", \.sha256),
    RecordMember("target", \.target), RecordMember("base", \.base, absent: .null),
    RecordMember("doubt", \.doubt, absent: .null))
}

extension KnownIDs {
  fileprivate static let format = RecordFormat(
    { ids, doubt in KnownIDs(ids, doubt: doubt) }, RecordMember("ids", { $0.ids.sorted() }),
    RecordMember("doubt", \.doubt, absent: .null))
}

extension PlanDigest {
  fileprivate static let format = RecordFormat(
    Self.init(writes:sha256:sentence:targets:conditions:), RecordMember("writes", \.writes),
    RecordMember("sha256", \.sha256), RecordMember("sentence", \.sentence),
    RecordMember("targets", \.targets),
    RecordMember("conditions", \.conditions, absent: .array([])))
}

/// `["update",36,"ACME"]`
extension PlanDigest.Target: JSONValue {
  package var json: JSON { .array([action.json, id.json, name.json]) }

  package static func read(_ node: JSONCursor) throws(RunError) -> Self {
    let parts = try node.elements()
    guard parts.count == 3 else { throw node.problem("is not a target") }
    return Self(
      action: try String.read(parts[0]), id: try Int64?.read(parts[1]),
      name: try String?.read(parts[2]))
  }
}

extension Intent {
  fileprivate static let format = RecordFormat(
    Self.init, RecordMember("write", \.number), RecordMember("attempt", \.attempt),
    RecordMember("action", \.action), RecordMember("method", \.method),
    RecordMember("target", \.target), RecordMember("body", \.body),
    RecordMember("before", \.before),
    RecordMember("matched", \.matched, absent: .object(JSON.Object())),
    RecordMember("server_time", \.serverTime, absent: .null),
    RecordMember("reason", \.reason, absent: .null))
}

extension RecordedOutcome {
  fileprivate static let format = RecordFormat(
    Self.init(number:kind:reason:status:connection:isFinal:), RecordMember("write", \.number),
    RecordMember("outcome", \.kind), RecordMember("reason", \.reason),
    RecordMember("http_status", \.status), RecordMember("connection", \.connection),
    RecordMember("final", \.isFinal))
}

extension WriteAction: JSONValue {}

extension Outcome.Kind: JSONValue {}

extension JSON: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = .string(text) }
}
