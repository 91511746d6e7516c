import JSON

/// Encodes the log as JSON: `{"format":1,"boot":"…","lists":[[id,sent,answered],…],"others":[…],
/// "waiters":[[process,since,expected],…],"related":[…],"holds":{"list":until,…}}`; `answered` is null until
/// the answer arrives. Versions that don't know `related` or `holds` ignore it, and don't write it.
extension CallLog {
  private static let format: Int64 = 1

  package var text: String {
    JSON.object(
      JSON.Object([
        ("format", .int(Self.format)), ("boot", .string(boot)),
        ("lists", .array(lists.map(\.json))), ("others", .array(others.map(\.json))),
        ("waiters", .array(waiters.map(\.json))), ("related", .array(related.map(\.json))),
        ("holds", .object(JSON.Object(holdMembers))),
      ])
    ).text
  }

  /// Reads a log. One from another boot of the machine counts as empty. Returns `nil` if `bytes` are
  /// not a log, or have a later format.
  package static func read(_ bytes: [UInt8], boot: String) -> CallLog? {
    guard let json = try? JSONParser.parse(bytes), json["format"]?.int == format,
      let writtenAt = json["boot"]?.string,
      let lists = elements(json["lists"], CallLog.Call.init(json:)),
      let related = elements(json["related"] ?? .array([]), CallLog.Call.init(json:)),
      let others = elements(json["others"], CallLog.Call.init(json:)),
      let waiters = elements(json["waiters"], CallLog.Waiter.init(json:)),
      let holds = holds(json["holds"] ?? .object(JSON.Object([])))
    else { return nil }
    guard writtenAt.hasSameBytes(as: boot) else { return CallLog(boot: boot) }
    return CallLog(
      boot: boot, lists: lists, related: related, others: others, waiters: waiters, holds: holds)
  }

  /// Reads a log; an unreadable one counts as all budgets used up at `now`.
  package init(reading bytes: [UInt8], boot: String, at now: Double) {
    self = Self.read(bytes, boot: boot) ?? .exhausted(boot: boot, at: now)
  }

  private var holdMembers: [(String, JSON)] {
    RateLimiter.Kind.allCases.compactMap { kind in
      holds[kind].map { (kind.rawValue, .number("\($0)")) }
    }
  }

  /// Reads holds; those of budgets that this version doesn't know are left out.
  private static func holds(_ json: JSON) -> [RateLimiter.Kind: Double]? {
    guard let members = json.object?.members else { return nil }
    var holds: [RateLimiter.Kind: Double] = [:]
    for member in members {
      guard let time = member.value.seconds else { return nil }
      if let kind = RateLimiter.Kind(rawValue: member.name) { holds[kind] = time }
    }
    return holds
  }

  private static func elements<T>(_ json: JSON?, _ read: (JSON) -> T?) -> [T]? {
    guard let values = json?.array else { return nil }
    let elements = values.compactMap(read)
    return elements.count == values.count ? elements : nil
  }
}

extension CallLog.Waiter {
  fileprivate var json: JSON {
    .array([.int(Int64(bitPattern: process)), .number("\(since)"), .number("\(expected)")])
  }

  fileprivate init?(json: JSON) {
    guard let parts = json.array, parts.count == 3, let process = parts[0].int,
      let since = parts[1].seconds, let expected = parts[2].seconds
    else { return nil }
    self.init(process: UInt64(bitPattern: process), since: since, expected: expected)
  }
}

extension CallLog.Call {
  fileprivate var json: JSON {
    .array([
      .int(Int64(bitPattern: id)), .number("\(sent)"), answered.map { .number("\($0)") } ?? .null,
    ])
  }

  fileprivate init?(json: JSON) {
    guard let parts = json.array, parts.count == 3, let id = parts[0].int,
      let sent = parts[1].seconds
    else { return nil }
    let answered = parts[2].seconds
    guard answered != nil || parts[2] == .null else { return nil }
    self.init(id: UInt64(bitPattern: id), sent: sent, answered: answered)
  }
}

extension JSON {
  /// The value as a finite number.
  fileprivate var seconds: Double? {
    switch self {
    case .int(let number): Double(number)
    case .number(let lexeme): Double(lexeme).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }
}
