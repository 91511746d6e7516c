import API
import ConnectionsClient
import Evaluation
import TestSupport
import Testing

/// A run reports what it waits for, and gives up when it must end.
@Suite struct WaitTests {
  private static let limited = "rate limit reached; retrying the list"
  private static let list = "GET /api/connections"

  // MARK: Lists that wait

  @Test(arguments: [false, true])
  func reportsTheWaitForALimitedList(_ onTerminal: Bool)
    async throws
  {
    let fixture = WaitFixture([.status(429, retryAfter: "30")], onTerminal: onTerminal)
    let result = try await fixture.run("list | count")
    #expect(result.exitCode == .success)
    #expect(fixture.talk == ["waiting 30 s: \(Self.limited)"])
    #expect(fixture.shown == (1...30).reversed().map { "waiting \($0) s: \(Self.limited)" } + [""])
    #expect(
      fixture.waits == [#"{"type":"wait","at":"T","seconds":30.000,"reason":"\#(Self.limited)"}"#])
    #expect(fixture.clock.uptime() >= 30)
  }

  /// A wait that is over at once is not reported.
  @Test func doesNotReportShortWaits() async throws {
    let fixture = WaitFixture([.status(429, retryAfter: "1"), .status(429, retryAfter: "2")])
    expectEqual(try await fixture.run("list | count").exitCode, .success)
    #expect(fixture.talk == [])
    #expect(fixture.shown == [])
    #expect(fixture.waits == [])
  }

  @Test func reportsTheWaitForTheReconcilingList() async throws {
    let fixture = WaitFixture([
      .good, .fails(.interrupted("the server reset the connection")),
      .status(429, retryAfter: "45"),
    ])
    _ = try await fixture.run(#"get 36 | update name = "n""#)
    #expect(fixture.talk.contains("waiting 45 s: \(Self.limited)"), "\(fixture.talk)")
    #expect(fixture.waits.contains { $0.contains(#""seconds":45.000"#) })
  }

  /// What the server asks of another process holds this one.
  @Test(arguments: [
    (RateLimiter.Kind.list, "the server asks to wait before the next list"),
    (.other, "the rate limit allows no call yet"),
  ])
  func reportsTheWaitOfAnotherProcess(_ kind: RateLimiter.Kind, _ reason: String) async throws {
    let fixture = WaitFixture([])
    fixture.hold(kind, seconds: 30)
    expectEqual(try await fixture.run("get 36 | delete").exitCode, .success)
    #expect(fixture.talk == ["waiting 30 s: \(reason)"])
    #expect((30...33).contains(fixture.clock.uptime()))
  }

  @Test func deadlineEndsTheWaitOfAnotherProcess() async throws {
    let fixture = WaitFixture([])
    fixture.hold(.list, seconds: 90)
    let result = try await fixture.run("list | count", deadline: 60)
    #expect(
      result.error?.message
        == "no time for a list call before the deadline: the server asks to wait")
    #expect(fixture.transport.sent.isEmpty)
  }

  /// The first minute after a create is the server's, which the wait says.
  @Test func saysWhyACreateIsLookedForLater() async throws {
    let fixture = WaitFixture([
      .good, .fails(.interrupted("the server reset the connection")),
    ])
    _ = try await fixture.run(#"create name = "n", provider = "jira""#, interruption: 95)
    #expect(
      fixture.talk.prefix(2) == [
        "waiting 60 s: the server reset the connection; the server may still be working on the call, "
          + "so the new connection is looked for afterwards",
        "waiting 30 s: the server reset the connection; the list will show whether it was done",
      ], "\(fixture.talk)")
  }

  @Test func reportsTheWaitForTheSixtyFirstList() async throws {
    let fixture = WaitFixture([])
    let script =
      "for i in [\((1...61).map(String.init).joined(separator: ", "))] {\nlist | count\n}"
    let result = try await fixture.run(script)
    #expect(result.exitCode == .success)
    #expect(fixture.talk.count == 1)
    #expect(fixture.talk[0].hasSuffix(" s: at most 60 list calls a minute are allowed"))
    #expect(fixture.waits.count == 1)
  }

  // MARK: The deadline

  @Test(arguments: [
    (
      ScriptedTransport.Part.status(429, retryAfter: "900"), 0.0...30,
      "no time to retry the list before the deadline: rate limit reached"
    ),
    (.silent(seconds: 900), 60...61, "the deadline has passed"),
  ])
  func deadlineEndsAList(
    _ part: ScriptedTransport.Part, _ time: ClosedRange<Double>, _ message: String
  ) async throws {
    let fixture = WaitFixture([part])
    let result = try await fixture.run("list | count", deadline: 60)
    #expect(result.exitCode == .limited)
    #expect(result.error?.message == message)
    #expect(result.error?.help == "use a longer --deadline")
    #expect(time.contains(fixture.clock.uptime()), "\(fixture.clock.uptime())")
    #expect(fixture.transport.sent.count == 1)
  }

  @Test func deadlineEndsTheWaitForThePace() async throws {
    let fixture = WaitFixture([])
    let script =
      "for i in [\((1...61).map(String.init).joined(separator: ", "))] {\nlist | count\n}"
    let result = try await fixture.run(script, deadline: 30)
    #expect(result.exitCode == .limited)
    #expect(
      result.error?.message
        == "no time for a list call before the deadline: at most 60 a minute are allowed")
    #expect(fixture.transport.sent.count == 60)
  }

  /// In the middle of a run the write in doubt outweighs the deadline.
  @Test func deadlineEndsTheReconcilingList() async throws {
    let fixture = WaitFixture([
      .good, .fails(.interrupted("x")), .status(429, retryAfter: "900"),
    ])
    let result = try await fixture.run(#"get 36 | update name = "n""#, deadline: 60)
    #expect(result.exitCode == .inDoubt)
    #expect(fixture.clock.uptime() < 60)
  }

  /// An outage is waited out visibly, but not beyond the deadline.
  @Test func deadlineEndsTheWaitForTheEndOfAnOutage() async throws {
    let outage = Array(repeating: ScriptedTransport.Part.status(503), count: 99)
    let fixture = WaitFixture([.good] + outage)
    let result = try await fixture.run("get 36 | delete", deadline: 60)
    #expect(result.exitCode == .inDoubt)
    #expect(result.error?.message == "the deadline has passed")
    #expect(fixture.transport.sent.count > 4 && fixture.clock.uptime() <= 60)
    #expect(fixture.talk.contains { $0.hasSuffix(" s: status 503; retrying") }, "\(fixture.talk)")
  }

  // MARK: Interruptions

  @Test(arguments: [
    [ScriptedTransport.Part.status(429, retryAfter: "900")], [.silent(seconds: 50)],
    [.good, .fails(.interrupted("x")), .status(429, retryAfter: "900")],
    [.good, .fails(.interrupted("x")), .silent(seconds: 50)],
  ])
  func interruptionEndsAList(_ parts: [ScriptedTransport.Part]) async throws {
    let fixture = WaitFixture(parts)
    let result = try await fixture.run(#"get 36 | update name = "n""#, interruption: 5)
    #expect(result.error?.exitCode == .interrupted)
    #expect((5...6).contains(fixture.clock.uptime()), "\(fixture.clock.uptime())")
  }

  // MARK: The budget

  /// A hundred tokens: each 503 and each silence costs ten, each success brings one back.
  @Test(arguments: [ScriptedTransport.Part.status(503), .fails(.timedOut("no answer within 60 s"))])
  func listsUseUpTheRetriesOfTheRun(_ part: ScriptedTransport.Part) async throws {
    let round = [part, part, part, .good]
    let fixture = WaitFixture(round + round + round + round)
    let result = try await fixture.run(
      Array(repeating: "list | count", count: 4).joined(separator: "\n"))
    #expect(fixture.transport.sent.count == 14)
    #expect(result.exitCode == .limited)
    let message = result.error?.message ?? ""
    #expect(
      message.hasPrefix("the server fails too often: this run has no retries left; "),
      "\(message)")
  }

  @Test func unsentAndLimitedListsCostNoRetries() async throws {
    let round = Array(
      repeating: ScriptedTransport.Part.fails(.notSent("connection refused")), count: 5)
    let limit = Array(repeating: ScriptedTransport.Part.status(429), count: 8)
    let fixture = WaitFixture(round + limit + [.good] + round + limit)
    let result = try await fixture.run("list | count\nlist | count")
    #expect(result.exitCode == .success)
    #expect(fixture.transport.sent.count == 28)
  }

  /// A pause that the server asks for costs nothing either.
  @Test(arguments: [429, 503]) func askedPausesCostNoRetries(_ status: Int) async throws {
    let pauses = Array(
      repeating: ScriptedTransport.Part.status(status, retryAfter: "30"), count: 8)
    let fixture = WaitFixture(pauses + [.good] + pauses + [.good])
    let result = try await fixture.run("list | count\nlist | count")
    #expect(result.exitCode == .success)
    #expect(fixture.clock.uptime() >= 16 * 30)
  }

  /// 100 - 30 + 1 - 30 + 1 = 42 are left to the deletes: the fifth error is one too many.
  @Test func writesUseTheRetriesThatListsLeft() async throws {
    let failing = Array(repeating: ScriptedTransport.Part.status(503), count: 3)
    let silence = Array(repeating: ScriptedTransport.Part.status(500), count: 20)
    let fixture = WaitFixture(
      failing + [.good] + failing + [.good] + silence)
    let result = try await fixture.run("list | count\nget 36, 37, 38, 39 | delete")
    #expect(fixture.transport.sent.count { $0 == "DELETE" } == 5)
    #expect(
      result.error?.message == "the server fails too often: this run has no retries left")
  }

  /// 100 - 30 + 1 - 30 + 1 - 30 + 1 = 13 are left to the last list: its second failure is one too
  /// many. Each delete has a pipeline of its own, since calls in flight together fail in any order.
  @Test func listsUseTheRetriesThatWritesLeft() async throws {
    let failing = Array(repeating: ScriptedTransport.Part.status(500), count: 3)
    let round = failing + [.good]
    let fixture = WaitFixture([.good] + round + round + round + failing)
    let result = try await fixture.run(
      "get 36 | delete\nget 37 | delete\nget 38 | delete\nlist | count")
    let sent = fixture.transport.sent
    expectEqual(sent, ["GET"] + Array(repeating: "DELETE", count: 12) + ["GET", "GET"])
    let message = result.error?.message ?? ""
    #expect(
      message.hasPrefix("the server fails too often: this run has no retries left; "),
      "\(message)")
  }

  // MARK: Answers that are long in coming

  @Test func countsTheSilenceOnATerminal() async throws {
    let fixture = WaitFixture([.silent(seconds: 12.9)], onTerminal: true)
    expectEqual(try await fixture.run("list | count").exitCode, .success)
    #expect(
      fixture.shown == (2...12).map { "waiting for the answer to \(Self.list) \($0) s" } + [""])
    #expect(fixture.talk == [])
  }

  @Test func reportsTheSilenceOnceWithoutATerminal() async throws {
    let fixture = WaitFixture([.silent(seconds: 40), .silent(seconds: 9)])
    expectEqual(try await fixture.run("list | count\nlist | count").exitCode, .success)
    #expect(fixture.talk == ["waiting for the answer to \(Self.list) 10 s"])
  }

  @Test(arguments: [false, true]) func reportsASilentWrite(_ onTerminal: Bool) async throws {
    let fixture = WaitFixture(
      [.good, .silent(seconds: 12.9)], onTerminal: onTerminal)
    expectEqual(try await fixture.run("get 36 | delete").exitCode, .success)
    let call = "waiting for the answer to DELETE /api/connections/36"
    #expect(fixture.shown == (2...12).map { "\(call) \($0) s" } + [""])
    #expect(fixture.talk == (onTerminal ? [] : ["\(call) 10 s"]))
  }

  @Test func doesNotReportTimelyAnswers() async throws {
    let fixture = WaitFixture([.silent(seconds: 1.5), .silent(seconds: 1.5)], onTerminal: true)
    expectEqual(try await fixture.run("get 36 | delete").exitCode, .success)
    #expect(fixture.shown == [])
  }

  // MARK: The pace of writes

  @Test func reportsASlowRateOnce() async throws {
    let fixture = WaitFixture([], rate: 0.1)
    expectEqual(try await fixture.run("get 36, 37, 38 | delete").exitCode, .success)
    #expect(fixture.talk == ["waiting 10 s: the rate limit allows no call yet"])
    #expect(fixture.waits.count == 2)
    #expect(fixture.shown.contains("waiting 1 s: the rate limit allows no call yet"))
  }

  @Test(arguments: [
    (1e-9, "more than a year"), (1e-300, "more than a year"), (1e-6, "11d13h46m40s"),
  ])
  func reportsTheWaitOfAnAbsurdRate(_ rate: Double, _ time: String) async throws {
    let fixture = WaitFixture([], rate: rate)
    let result = try await fixture.run("get 36, 37 | delete", interruption: 100)
    #expect(result.exitCode == .interrupted)
    #expect(fixture.talk == ["waiting \(time): the rate limit allows no call yet"])
    #expect(fixture.transport.sent == ["GET", "DELETE"])
  }
}
