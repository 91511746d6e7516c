import Evaluation
import JSON
import Language
import Planning

/// Encodes and decodes the members of each record; the order of members is part of the format.
extension JournalRecord {
  var members: [(String, JSON)] {
    switch self {
    case .start(let start): [("type", "run-start")] + start.members
    case .resumed(let version, let token):
      [("type", "run-resumed"), ("version", .string(version)), ("token", .string(token))]
    case .list(let list): [("type", "list")] + list.members
    case .file(let path, let sha256, let file):
      [
        ("type", "file"), ("path", .string(path)), ("sha256", .string(sha256)),
        ("file", JSON(file)),
      ]
    case .known(let known):
      [("type", "known"), ("ids", .array(known.ids.sorted().map(JSON.int)))]
        + Self.member(known.doubt)
    case .plan(let plan): [("type", "plan")] + plan.members
    case .intent(let intent): [("type", "intent")] + intent.members
    case .outcome(let outcome): [("type", "outcome")] + outcome.members
    case .end(let code, let isComplete, let sentence):
      [
        ("type", "run-end"), ("exit", .int(Int64(code))), ("complete", .bool(isComplete)),
        ("sentence", JSON(sentence)),
      ]
    }
  }

  /// The reason why a list may be incomplete.
  private static func member(_ doubt: String?) -> [(String, JSON)] {
    doubt.map { [("doubt", .string($0))] } ?? []
  }

  /// Returns `nil` if a member is missing or has the wrong type.
  init?(_ object: JSON.Object) {
    guard let type = object["type"]?.string, let read = Self.readers[type],
      let record = read(object)
    else { return nil }
    self = record
  }

  private static let readers: [String: @Sendable (JSON.Object) -> JournalRecord?] = [
    "run-start": { RunStart($0).map { .start($0) } },
    "run-resumed": { object in
      guard let version = object["version"]?.string, let token = object["token"]?.string
      else { return nil }
      return .resumed(version: version, token: token)
    },
    "list": { RecordedList($0).map { .list($0) } },
    "file": { object in
      guard let path = object["path"]?.string, let sha256 = object["sha256"]?.string
      else { return nil }
      return .file(path: path, sha256: sha256, file: object["file"]?.string)
    },
    "known": { object in
      guard let ids = object["ids"]?.array, ids.allSatisfy({ $0.int != nil }) else { return nil }
      return .known(KnownIDs(ids.compactMap(\.int), doubt: object["doubt"]?.string))
    },
    "plan": { PlanDigest($0).map { .plan($0) } },
    "intent": { Intent($0).map { .intent($0) } },
    "outcome": { RecordedOutcome($0).map { .outcome($0) } },
    "run-end": { object in
      guard let code = object["exit"]?.int.flatMap(Int32.init(exactly:)),
        case .bool(let isComplete)? = object["complete"]
      else { return nil }
      return .end(
        exitCode: code, isComplete: isComplete, sentence: object["sentence"]?.string)
    },
  ]
}

extension RunStart {
  fileprivate var members: [(String, JSON)] {
    [
      ("format", .int(JournalEncoder.format)), ("version", .string(version)),
      ("command", .string(command)), ("script", .string(script)), ("sha256", .string(sha256)),
      ("keeps_script", .bool(keepsScript)),
      ("arguments", .array(arguments.map(JSON.string))),
      ("working_directory", .string(workingDirectory)), ("now", .string(now)),
      ("host", .string(host)), ("token", .string(token)), ("profile", JSON(profile)),
      ("options", .array(options.map(JSON.string))),
    ]
  }

  fileprivate init?(_ object: JSON.Object) {
    guard let version = object["version"]?.string, let command = object["command"]?.string,
      let script = object["script"]?.string, let sha256 = object["sha256"]?.string,
      case .bool(let keepsScript)? = object["keeps_script"],
      let arguments = object["arguments"]?.strings,
      let workingDirectory = object["working_directory"]?.string,
      let now = object["now"]?.string,
      let host = object["host"]?.string, let token = object["token"]?.string,
      let options = object["options"]?.strings
    else { return nil }
    self.init(
      version: version, command: command, script: script, sha256: sha256,
      keepsScript: keepsScript, arguments: arguments, workingDirectory: workingDirectory, now: now,
      host: host, token: token,
      profile: object["profile"]?.string, options: options)
  }
}

extension RecordedList {
  fileprivate var members: [(String, JSON)] {
    [("file", .string(file)), ("sha256", .string(sha256)), ("target", .string(target))]
      + (base.map { [("base", .string($0))] } ?? [])
      + (doubt.map { [("doubt", .string($0))] } ?? [])
  }

  fileprivate init?(_ object: JSON.Object) {
    guard let file = object["file"]?.string, let sha256 = object["sha256"]?.string,
      let target = object["target"]?.string
    else { return nil }
    self.init(
      file: file, sha256: sha256, target: target, base: object["base"]?.string,
      doubt: object["doubt"]?.string)
  }
}

extension PlanDigest {
  fileprivate var members: [(String, JSON)] {
    [
      ("writes", .int(Int64(writes))), ("sha256", .string(sha256)),
      ("sentence", .string(sentence)), ("targets", .array(targets.map(\.json))),
    ] + (conditions.isEmpty ? [] : [("conditions", .array(conditions.map(JSON.string)))])
  }

  fileprivate init?(_ object: JSON.Object) {
    guard let writes = object["writes"]?.int.flatMap(Int.init(exactly:)),
      let sha256 = object["sha256"]?.string, let sentence = object["sentence"]?.string,
      let targets = object["targets"]?.array
    else { return nil }
    let read = targets.compactMap(Target.init)
    guard read.count == targets.count else { return nil }
    self.init(
      writes: writes, sha256: sha256, sentence: sentence, targets: read,
      conditions: object["conditions"]?.strings ?? [])
  }
}

extension PlanDigest.Target {
  /// `["update",36,"ACME"]`
  fileprivate var json: JSON {
    .array([.string(action), id.map(JSON.int) ?? .null, JSON(name)])
  }

  fileprivate init?(_ json: JSON) {
    guard let parts = json.array, parts.count == 3, let action = parts[0].string,
      parts[1] == .null || parts[1].int != nil, parts[2] == .null || parts[2].string != nil
    else { return nil }
    self.init(action: action, id: parts[1].int, name: parts[2].string)
  }
}

extension Intent {
  fileprivate var members: [(String, JSON)] {
    [
      ("write", .int(Int64(number))), ("attempt", .int(Int64(attempt))),
      ("action", .string(action.rawValue)), ("method", .string(method)),
      ("target", .string(target)), ("body", body ?? .null),
      ("before", before.map(JSON.object) ?? .null),
    ] + known
  }

  /// The optional members that this intent has.
  private var known: [(String, JSON)] {
    let matched: JSON? = matched.members.isEmpty ? nil : .object(matched)
    let all = [
      ("matched", matched), ("server_time", serverTime.map { .string($0.iso8601) }),
      ("reason", reason.map(JSON.string)),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Upper limit for attempts in a journal; more than any run makes, so incrementing can't overflow.
  private static let maxAttempts = 1_000_000

  fileprivate init?(_ object: JSON.Object) {
    guard let number = object["write"]?.int.flatMap(Int.init(exactly:)), number > 0,
      let attempt = object["attempt"]?.int.flatMap(Int.init(exactly:)),
      (1...Self.maxAttempts).contains(attempt),
      let action = object["action"]?.string.flatMap(WriteAction.init),
      let method = object["method"]?.string, let target = object["target"]?.string
    else { return nil }
    self.init(
      number: number, attempt: attempt, action: action, method: method, target: target,
      body: object["body"].flatMap { $0 == .null ? nil : $0 }, before: object["before"]?.object)
    matched = object["matched"]?.object ?? JSON.Object()
    serverTime = object["server_time"]?.string.flatMap { Timestamp(iso8601: $0) }
    reason = object["reason"]?.string
  }
}

extension RecordedOutcome {
  fileprivate var members: [(String, JSON)] {
    [
      ("write", .int(Int64(number))), ("outcome", .string(kind.rawValue)),
      ("reason", JSON(reason)), ("http_status", status.map { .int(Int64($0)) } ?? .null),
      ("connection", connection.map(JSON.object) ?? .null), ("final", .bool(isFinal)),
    ]
  }

  fileprivate init?(_ object: JSON.Object) {
    guard let number = object["write"]?.int.flatMap(Int.init(exactly:)), number > 0,
      let kind = object["outcome"]?.string.flatMap(Outcome.Kind.init),
      case .bool(let isFinal)? = object["final"]
    else { return nil }
    self.init(
      number: number, kind: kind, reason: object["reason"]?.string,
      status: object["http_status"]?.int.flatMap(Int.init(exactly:)),
      connection: object["connection"]?.object, isFinal: isFinal)
  }
}

extension JSON {
  fileprivate init(_ text: String?) { self = text.map(JSON.string) ?? .null }

  fileprivate var strings: [String]? {
    guard let array, array.allSatisfy({ $0.string != nil }) else { return nil }
    return array.compactMap(\.string)
  }
}

extension JSON: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = .string(text) }
}
