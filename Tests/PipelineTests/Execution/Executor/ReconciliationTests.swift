import API
import ConnectionsClient
import Evaluation
import JSON
import Language
import Testing

@testable import Execution
@testable import Planning

/// Finds a create whose answer was lost in a later list. The server's clock shows 12:00:00 at time
/// 0.
@Suite struct ReconciliationTests {
  private static let lost = CallResult.unknown(UnknownReason(.broken, "reset"))
  /// 2026-01-01T12:00:00Z.
  private static let noon = 1_767_268_800.0

  /// Runs one create, sent at time 0, whose answer is lost. The lists also contain other
  /// connections.
  private func outcome(
    _ others: [JSON.Object], fields: [RequestBody.Member] = [], offset: Double? = noon
  ) -> (String, sent: Int) {
    let create = Self.create(fields)
    var drive = ExecutorDrive([create])
    drive.serverOffset = offset
    var isFirst = true
    drive.run(answering: Self.lost) { _ in
      defer { isFirst = false }
      return .success(isFirst ? [] : others.compactMap { Connection(.object($0)) })
    }
    return (drive.outcomes[0], drive.sent)
  }

  private static func create(_ fields: [RequestBody.Member], name: String = "n") -> PlannedWrite {
    let all =
      [
        RequestBody.Member("name", .json(.string(name))),
        RequestBody.Member("provider", .json("jira")),
      ]
      + fields
    return PlannedWrite(.create, id: nil, all, on: nil, span: SourceSpan(0, 0))
  }

  private static func object(
    _ id: Int64, _ created: String?, name: String = "n", external: String? = nil
  ) -> JSON.Object {
    JSON.Object([
      ("id", .int(id)), ("name", .string(name)), ("application", "jira"), ("folder_id", .int(1)),
      ("external_id", external.map(JSON.string) ?? .null),
      ("created_at", created.map(JSON.string) ?? .null),
    ])
  }

  @Test(arguments: [
    "2026-01-01T12:00:00Z", "2026-01-01T12:00:00.100Z", "2026-01-01T12:01:00Z",
    "2026-01-01T04:00:00.5-08:00",
  ])
  func acceptsAConnectionCreatedSince(_ created: String) {
    let (text, sent) = outcome([Self.object(7, created)])
    #expect(text == "done the answer was lost; the list shows the change")
    #expect(sent == 1)
  }

  /// Somebody else created it between the list before the create and the create.
  @Test func rejectsAnOlderConnection() {
    let (text, sent) = outcome([Self.object(7, "2026-01-01T11:59:54.999Z")])
    #expect(text == "failed not created: reset")
    #expect(sent == 2)
  }

  @Test(
    arguments: [
      ("2026-01-01T11:59:59.999Z", noon), ("2026-01-01T11:59:55Z", noon),
      ("2026-01-01T12:01:00.001Z", noon), ("2026-01-01T12:00:00Z", nil), (nil, noon),
      ("yesterday", noon),
    ] as [(String?, Double?)])
  func possiblyOlderConnectionLeavesDoubt(_ created: String?, _ offset: Double?) {
    let (text, sent) = outcome([Self.object(7, created)], offset: offset)
    #expect(text == "unknown connection 7 matches, but may be somebody else's")
    #expect(sent == 1)
  }

  @Test func ignoresTheOlderOfTwoCandidates() {
    let (text, _) = outcome([
      Self.object(6, "2026-01-01T11:00:00Z"), Self.object(7, "2026-01-01T12:00:00.1Z"),
    ])
    #expect(text == "done the answer was lost; the list shows the change")
  }

  @Test func severalCandidatesLeaveDoubt() {
    let (text, sent) = outcome([
      Self.object(6, "2026-01-01T11:59:58Z"), Self.object(7, "2026-01-01T12:00:00.1Z"),
    ])
    #expect(text == "unknown several connections match: 6, 7")
    #expect(sent == 1)
  }

  /// An external id identifies the create's own connection, unless it is certainly older.
  @Test(
    arguments: [
      ("2026-01-01T12:00:00Z", noon, "done the answer was lost; the list shows the change"),
      ("2026-01-01T12:00:00Z", nil, "done the answer was lost; the list shows the change"),
      ("2026-01-01T11:00:00Z", noon, "failed not created: reset"),
    ] as [(String, Double?, String)])
  func externalIDIdentifiesTheConnection(_ created: String, _ offset: Double?, _ expected: String) {
    let fields = [RequestBody.Member("external_id", .json("e"))]
    let (text, _) = outcome(
      [
        Self.object(7, created, external: "e"),
        Self.object(8, "2026-01-01T12:00:00Z", external: "f"),
      ], fields: fields, offset: offset)
    #expect(text == expected)
  }

  /// One person owns connections of many applications under the same external id.
  @Test(arguments: ["name", "application", "folder_id"])
  func externalIDAloneIdentifiesNothing(_ name: String) {
    let fields = [
      RequestBody.Member("external_id", .json("e")),
      RequestBody.Member("folder_id", .json(.int(1))),
    ]
    var object = Self.object(7, "2026-01-01T12:00:00.1Z", external: "e")
    object.set(name, name == "folder_id" ? .int(9) : "other")
    let (text, sent) = outcome([object], fields: fields)
    #expect(text == "failed not created: reset")
    #expect(sent == 2)
  }

  /// The create may have made another connection that the list doesn't show yet.
  @Test func secondMatchMayAppearLater() {
    var drive = ExecutorDrive([Self.create([])])
    drive.serverOffset = Self.noon
    drive.run(answering: Self.lost) { time in
      let ids: [Int64] = time < 60 ? [] : time < 90 ? [7] : [7, 8]
      return .success(
        ids.compactMap { Connection(.object(Self.object($0, "2026-01-01T12:00:00.1Z"))) })
    }
    #expect(drive.listTimes == [0, 60, 90])
    #expect(drive.outcomes == ["unknown several connections match: 7, 8"])
  }

  // MARK: Time

  /// The minute begins when the create leaves, and not when its answer is lost. Before it is sent
  /// again, and before it is given up, two lists must have come without it.
  @Test(arguments: [0.0, 20, 70])
  func waitsAMinuteFromTheSendOfACreateInDoubt(_ answerSeconds: Double) {
    var drive = ExecutorDrive([Self.create([])])
    drive.answerSeconds = answerSeconds
    drive.run(answering: Self.lost) { _ in .success([]) }
    let first = max(60, answerSeconds)
    let again = first + 30
    #expect(drive.listTimes == [0, first, again, again + first, again + first + 30])
    #expect(drive.sentBeforeLists == [0, 1, 1, 2, 2])
    #expect(drive.outcomes == ["failed not created: reset"])
  }

  // MARK: Two creates in flight

  /// Loses the answers of two creates that were in flight at once; the first list after them shows
  /// one connection, every second one after it one more.
  private func two(_ first: [RequestBody.Member], _ second: [RequestBody.Member]) -> [String] {
    var drive = ExecutorDrive([Self.create(first), Self.create(second)])
    drive.serverOffset = Self.noon
    drive.isAnsweredTogether = 2
    var shown = -1
    drive.run(answering: Self.lost) { _ in
      shown += 1
      return .success(
        (0..<(shown + 1) / 2).compactMap {
          Connection(.object(Self.object(7 + Int64($0), "2026-01-01T12:00:00.1Z")))
        })
    }
    return drive.outcomes
  }

  @Test func equalCreatesAreInterchangeable() {
    let found = "done the answer was lost; the list shows the change"
    #expect(two([], []) == [found, found])
  }

  /// The connection of a create in flight must not be mistaken for that of another create.
  @Test func listWaitsForCreatesInFlight() {
    let writes = [Self.create([]), Self.create([])]
    var executor = Executor(seed: 1, known: KnownIDs([]))
    executor.begin(writes.numbered)
    var sent = 0
    while sent < 2 {
      switch executor.next(at: 0) {
      case .store: executor.handle(.stored, at: 0)
      case .send(let number, _):
        executor.handle(.sent(number: number), at: 0)
        sent += 1
      default:
        Issue.record("the creates do not leave together")
        return
      }
    }
    executor.handle(.answered(number: 1, Self.lost), at: 1)
    guard case .pause(until: .infinity, .answer) = executor.next(at: 100) else {
      Issue.record("it does not wait for the second create")
      return
    }
    executor.handle(.answered(number: 2, Self.lost), at: 100)
    guard case .list = executor.next(at: 100) else {
      Issue.record("it does not ask for the list")
      return
    }
  }

  /// They look alike in a list, and hold different credentials.
  @Test func differentCreatesAreNotInterchangeable() {
    let outcomes = two(
      [RequestBody.Member("input", .json("one"))], [RequestBody.Member("input", .json("two"))])
    #expect(
      outcomes == [
        "unknown another create of this run may have made connection 7",
        "unknown several connections match: 7, 8",
      ])
  }
}

@Suite struct ServerClockTests {
  @Test func keepsTheLargestOffset() {
    var reading = ClockReading()
    #expect(reading.offset == nil)
    reading.observe(1_000, askedAt: 10, at: 10.5)
    #expect(reading.offset == 989.5)
    // It says less: its second was nearly over, or it was long on its way.
    reading.observe(1_001, askedAt: 12, at: 13)
    #expect(reading.offset == 989.5)
    reading.observe(1_004, askedAt: 14, at: 14.25)
    #expect(reading.offset == 989.75)
  }

  @Test func ignoresTheDateOfALateAnswer() {
    var reading = ClockReading()
    reading.observe(1_000, askedAt: 10, at: 15.1)
    #expect(reading.offset == nil)
  }

  @Test(arguments: [nil, "", "yesterday", "Sun, 06 Nov 1994 08:49:37 PST"] as [String?])
  func ignoresInvalidDates(_ date: String?) {
    let clock = ServerClock(ManualClock())
    clock.observe(date, askedAt: 0)
    #expect(clock.offset == nil)
    clock.observe("Sun, 06 Nov 1994 08:49:37 GMT", askedAt: 0)
    #expect(clock.offset == 784_111_777)
  }
}
