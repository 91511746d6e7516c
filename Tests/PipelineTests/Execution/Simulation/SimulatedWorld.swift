import API
import Execution
import JSON
import Language

@testable import Evaluation

/// A model of the workspace and the network, under a clock that is moved by hand. A call may be
/// lost, applied late or answered wrongly, or its answer may be lost.
struct SimulatedWorld {
  struct Row: Equatable {
    var name: String
    var folder: Int64
    var isConnected = true
    /// The credentials, which no list shows.
    var input = ""
    var version = 0
    var tags: Set<String> = ["old"]
  }

  private(set) var rows: [Int64: Row]
  /// The number of times each write took effect, by its number.
  private(set) var applied: [Int: Int] = [:]
  /// The write that created a connection (`nil` for somebody else), and the time.
  private(set) var births: [Int64: (number: Int?, time: Double)] = [:]
  /// The seconds by which the clock of the machine that creates connections is ahead of the one
  /// that answers.
  let skew: Double
  /// The server's clock, in seconds since 1970, at time 0.
  static let start = 1_767_225_600.25
  private(set) var isTokenRevoked = false
  /// Connections that lists don't return yet.
  private var hidden: [Int64: Double] = [:]
  /// The maximum time in seconds before a new connection appears in lists.
  private static let longestLag = 40.0
  private var later: [(time: Double, number: Int, call: WriteCall)] = []
  private var nextID: Int64 = 1_000
  /// The rows as a list returns them, until they change.
  private var listed: [Int64: Connection] = [:]

  init(rows: [Int64: Row], skew: Double = 0) {
    self.rows = rows
    self.skew = skew
  }

  /// The `Date` of an answer.
  func date(at now: Double) -> Int64 { Int64(now + Self.start) }

  /// The fault of one attempt.
  enum Fate: CaseIterable {
    case fine
    case notSent, lostOnTheWay, answerLost, doneLate, serverError, serverErrorAfterwards
    case limited, limitedWithHeader, garbage, wrongID, emptyAnswer, timeout, oldID, emptyLie
    case conflict, conflictAfterwards, badGateway, unavailable, longPause
  }

  /// Sends the call. Returns the attempt, and the time its answer takes.
  mutating func send(
    _ number: Int, _ call: WriteCall, _ fate: Fate, at now: Double, latency: Double
  ) -> (CallResult, seconds: Double) {
    applyDue(until: now)
    if isTokenRevoked {
      return (
        .rejected(Rejection(kind: .unauthorized, status: 401, message: "Unauthorized")), latency
      )
    }
    switch fate {
    case .fine: return (apply(number, call, at: now), latency)
    case .notSent: return (.notSent("no connection within 10 s"), latency)
    case .lostOnTheWay: return (.unknown(UnknownReason(.broken, "reset")), latency)
    case .answerLost:
      _ = apply(number, call, at: now)
      return (.unknown(UnknownReason(.broken, "reset")), latency)
    case .doneLate:
      later.append((now + 39, number, call))
      return (.unknown(UnknownReason(.broken, "reset")), latency)
    case .serverError:
      return (.unknown(UnknownReason(.server, "Server error", status: 500)), latency)
    case .serverErrorAfterwards:
      _ = apply(number, call, at: now)
      return (.unknown(UnknownReason(.server, "Server error", status: 500)), latency)
    case .timeout:
      later.append((now + 20, number, call))
      return (.unknown(UnknownReason(.timeout, "no answer within 60 s")), 60)
    case .limited, .limitedWithHeader:
      let asked = fate == .limited ? nil : 2.0
      return (
        .rejected(Rejection(kind: .limited(retryAfter: asked), status: 429, message: "limit")),
        latency
      )
    case .garbage:
      _ = apply(number, call, at: now)
      return (
        .unknown(UnknownReason(.broken, "the answer is not a connection", status: 200)), latency
      )
    case .wrongID:
      _ = apply(number, call, at: now)
      let reason = UnknownReason(.foreign, "the answer names connection 7", status: 200)
      return (.unknown(reason), latency)
    case .oldID:
      guard call.kind == .create else { return (apply(number, call, at: now), latency) }
      _ = apply(number, call, at: now)
      return (
        .applied(status: 200, connection(16, Row(name: "old 16", folder: 1))?.object), latency
      )
    case .conflict, .conflictAfterwards:
      if fate == .conflictAfterwards, call.kind == .create { _ = apply(number, call, at: now) }
      return (
        .rejected(Rejection(kind: .conflict, status: 409, message: "already taken")), latency
      )
    case .badGateway:
      return (.unknown(UnknownReason(.server, "Bad gateway", status: 502)), latency)
    case .unavailable:
      return (
        .unknown(UnknownReason(.server, "Unavailable", status: 503, retryAfter: 20)), latency
      )
    case .longPause:
      return (
        .rejected(Rejection(kind: .limited(retryAfter: 3_600), status: 429, message: "limit")),
        latency
      )
    case .emptyLie:
      let attempt: CallResult =
        call.success == .connection
        ? .unknown(UnknownReason(.broken, "the answer is empty", status: 204))
        : .applied(status: 204, nil, hasEmptyBody: true)
      return (attempt, latency)
    case .emptyAnswer:
      let attempt = apply(number, call, at: now)
      guard case .applied(_, nil, _) = attempt else { return (attempt, latency) }
      return (.applied(status: 204, nil, hasEmptyBody: true), latency)
    }
  }

  mutating func revokeToken() { isTokenRevoked = true }
  mutating func renewToken() { isTokenRevoked = false }

  /// Somebody else renames a connection.
  mutating func meddle(_ id: Int64) {
    listed[id] = nil
    rows[id]?.name = "theirs"
    rows[id]?.version += 1
  }

  mutating func list(at now: Double) -> [Connection] {
    applyDue(until: now)
    hidden = hidden.filter { $0.value > now }
    for (id, row) in rows where listed[id] == nil { listed[id] = connection(id, row) }
    return rows.keys.sorted().compactMap { hidden[$0] == nil ? listed[$0] : nil }
  }

  /// Applies the calls that are due.
  mutating func applyDue(until now: Double = .infinity) {
    let due = later.filter { $0.time <= now }
    later.removeAll { $0.time <= now }
    for one in due { _ = apply(one.number, one.call, at: one.time) }
  }

  private func connection(_ id: Int64, _ row: Row) -> Connection? {
    let created = Self.start + skew + (births[id]?.time ?? -1_000)
    return Connection(
      .object(
        JSON.Object([
          ("id", .int(id)), ("name", .string(row.name)), ("application", "jira"),
          ("folder_id", .int(row.folder)),
          ("tags", .array(row.tags.sorted().map(JSON.string))),
          ("authorization_status", row.isConnected ? "success" : .null),
          (
            "created_at",
            .string(Timestamp(microseconds: Int64(created * 1_000) * 1_000).iso8601)
          ),
          ("updated_at", .string("2026-01-01T00:00:\(10 + row.version % 50).000Z")),
        ])))
  }

  mutating func create(_ fields: [RequestBody.Member], by number: Int?, at now: Double) {
    nextID += 1
    rows[nextID] = Row(
      name: fields.text("name"), folder: 1, isConnected: false)
    births[nextID] = (number, now)
    if nextID.isMultiple(of: 3) { hidden[nextID] = now + Self.longestLag }
  }

  /// The number of the write that changes the tags of a connection.
  static func number(_ id: Int64) -> Int { Int(id / 2) }

  /// A call for tags skips connections that don't exist. Some answers are an object.
  private mutating func apply(_ change: TagChange, to ids: [Int64]) -> CallResult {
    for id in ids where rows[id] != nil {
      applied[Self.number(id), default: 0] += 1
      listed[id] = nil
      rows[id]?.tags.formUnion(change.added)
      rows[id]?.tags.subtract(change.removed)
    }
    return .applied(status: 200, nil, hasEmptyBody: !ids.count.isMultiple(of: 3))
  }

  private mutating func apply(_ number: Int, _ call: WriteCall, at now: Double) -> CallResult {
    if let change = call.tags { return apply(change, to: call.ids) }
    if let id = call.id, rows[id] == nil {
      return .rejected(Rejection(kind: .notFound, status: 404, message: "Not found"))
    }
    // Connections with such ids are used by active recipes.
    if let id = call.id, id % 13 == 0, call.success != .connection {
      return .rejected(Rejection(kind: .refused, status: 200, message: "used by active recipes"))
    }
    applied[number, default: 0] += 1
    if let id = call.id { listed[id] = nil }
    guard let id = call.id else {
      create(call.members, by: number, at: now)
      return answer(nextID)
    }
    switch call.kind {
    case .update, .updateInput:
      update(id, call.members)
      return answer(id)
    case .disconnect: rows[id]?.isConnected = false
    case .delete: rows[id] = nil
    case .create, .list, .tag: break
    }
    return .applied(status: 200, nil)
  }

  private mutating func update(_ id: Int64, _ fields: [RequestBody.Member]) {
    if fields.contains(where: { $0.name == "name" }) { rows[id]?.name = fields.text("name") }
    if fields.contains(where: { $0.name == "input" }) { rows[id]?.input = fields.text("input") }
    rows[id]?.version += 1
  }

  private func answer(_ id: Int64) -> CallResult {
    .applied(status: 200, rows[id].flatMap { connection(id, $0) }?.object)
  }
}

extension [RequestBody.Member] {
  fileprivate func text(_ name: String) -> String {
    first { $0.name == name }?.value.shown.string ?? ""
  }
}
