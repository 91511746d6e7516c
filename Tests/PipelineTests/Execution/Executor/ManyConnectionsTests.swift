import API
import ConnectionsClient
import JSON
import Language
import Testing

@testable import Evaluation
@testable import Execution
@testable import Planning

/// Calls of the executor that carry out many writes.
@Suite struct ManyConnectionsTests {
  private static let lost = CallResult.unknown(UnknownReason(.broken, "reset"))
  private static let empty = CallResult.applied(status: 200, nil, hasEmptyBody: true)

  private static func tag(_ id: Int64, _ action: WriteAction = .tag) -> PlannedWrite {
    PlannedWrite(
      action, id: id, [.tags([API.Tag(handle: "new", title: "New")])], on: connection(id, []),
      span: SourceSpan(0, 0))
  }

  private static func connection(_ id: Int64, _ tags: [JSON]) -> Connection? {
    ExecutorDrive.connection(id, "c\(id)", updated: 10)?
      .merging(JSON.Object([("tags", .array(tags))]))
  }

  private static func listed(_ tagged: [Int64], _ untagged: [Int64] = []) -> [Connection] {
    tagged.compactMap { connection($0, ["new"]) } + untagged.compactMap { connection($0, []) }
  }

  /// The steps of a run whose calls are answered as given, and whose lists are as given.
  private struct Trace {
    var executor: Executor
    var stored: [Int] = []
    var sent: [[Int64]] = []
    var queries: [ListQuery] = []

    init(_ writes: [PlannedWrite], history: [Int: RecordedWrite] = [:]) {
      executor = Executor(seed: 1, history: history)
      executor.begin(writes.numbered)
    }

    mutating func run(_ answers: [CallResult], _ lists: [[Connection]]) {
      var now = 0.0
      for _ in 0..<1_000 {
        switch executor.next(at: now) {
        case .store(let records):
          stored.append(records.count)
          executor.handle(.stored, at: now)
        case .send(let number, let call):
          executor.handle(.sent(number: number), at: now)
          let answer = answers[min(sent.count, answers.count - 1)]
          sent.append(call.ids)
          now += 0.1
          executor.handle(.answered(number: number, answer), at: now)
        case .list(let query):
          executor.handle(
            .listed(.success(ConnectionList(lists[min(queries.count, lists.count - 1)]))), at: now)
          queries.append(query)
        case .pause(let time, _): now = time
        case .finished: return
        }
      }
    }

    var outcomes: [String] {
      executor.outcomes.map { $0.kind.rawValue + ($0.reason.map { ": \($0)" } ?? "") }
    }
  }

  /// A list that includes tags and the connections of runtime users proves all calls at once.
  @Test func hundredConnectionsGoInOneCall() {
    let ids = (1...250).map { Int64($0) }
    var trace = Trace(ids.map { Self.tag($0) })
    trace.run([Self.empty], [Self.listed(ids)])
    #expect(trace.sent.map(\.count) == [100, 100, 50])
    #expect(trace.stored == [100, 100, 50, 250])
    #expect(trace.queries.map(\.parameters.count) == [2])
    #expect(trace.outcomes == Array(repeating: "done", count: 250))
    #expect(trace.executor.tally.sent == 250)
  }

  @Test func eachConnectionIsJudgedByItself() {
    var trace = Trace([1, 2, 3].map { Self.tag($0) })
    trace.run([Self.empty], [Self.listed([1], [2]), Self.listed([1, 2])])
    #expect(trace.sent == [[1, 2, 3], [2]])
    #expect(trace.outcomes == ["done", "done", "gone: the connection does not exist"])
  }

  /// A 404 doesn't say which connection or tag is missing, so no connection is called gone.
  @Test func unknownTargetOfACallFailsItsWrites() {
    var trace = Trace([1, 2].map { Self.tag($0) })
    let missing = Rejection(kind: .notFound, status: 404, message: "Not found")
    trace.run([.rejected(missing)], [Self.listed([], [1, 2])])
    #expect(trace.outcomes == ["failed: Not found", "failed: Not found"])
  }

  /// A success that no list ever shows stays in doubt; it is sent again three times.
  @Test func aSuccessWithoutEffectIsInDoubt() {
    var trace = Trace([1, 2].map { Self.tag($0) })
    trace.run([Self.empty], [Self.listed([1], [2])])
    #expect(trace.sent == [[1, 2], [2], [2], [2]])
    #expect(
      trace.outcomes
        == ["done", "unknown: the answer was empty, and the list doesn't confirm it"])
  }

  @Test func aLostCallIsLookedForInAList() {
    var trace = Trace([1, 2].map { Self.tag($0) })
    trace.run([Self.lost, Self.empty], [Self.listed([1], [2]), Self.listed([1, 2])])
    #expect(trace.sent == [[1, 2], [2]])
    #expect(trace.outcomes == ["done: the answer was lost; the list shows the change", "done"])
  }

  @Test func untagIsProvenByTheAbsenceOfTheTag() {
    var trace = Trace([1, 2].map { Self.tag($0, .untag) })
    trace.run([Self.empty], [Self.listed([2], [1]), Self.listed([], [1, 2])])
    #expect(trace.sent == [[1, 2], [2]])
    #expect(trace.outcomes == ["done", "done"])
  }

  /// A refusal concerns all connections of the call.
  @Test func aRefusalFailsThemAll() {
    let refusal = CallResult.rejected(Rejection(kind: .invalid, status: 422, message: "no"))
    var trace = Trace([1, 2].map { Self.tag($0) })
    trace.run([refusal], [])
    #expect(trace.outcomes == ["failed: no", "failed: no"])
    #expect(trace.stored == [2, 2])
  }

  /// What was done is not sent again; what is in doubt is looked for; the rest begins anew.
  @Test func aResumedStageGroupsItsWritesByTheirPast() {
    let writes = (1...6).map { Self.tag($0) }.numbered
    func recorded(_ index: Int, _ outcome: Outcome?) -> RecordedWrite {
      var write = RecordedWrite(intent: Intent(writes[index], attempt: 1))
      write.outcome = outcome.map { RecordedOutcome($0, number: index + 1, isFinal: true) }
      return write
    }
    var trace = Trace(
      writes,
      history: [
        1: recorded(0, Outcome(.done)), 2: recorded(1, nil), 4: recorded(3, nil),
      ])
    trace.run(
      [Self.empty], [Self.listed([1, 2], [3, 4, 5, 6]), Self.listed([1, 2, 3, 4, 5, 6])])
    #expect(trace.sent == [[4], [3, 5, 6]])
    #expect(
      trace.outcomes == [
        "done", "done: the answer was lost; the list shows the change", "done", "done", "done",
        "done",
      ])
  }

  @Test func connectionsThatOthersChangedAreLeftOut() {
    var trace = Trace([1, 2, 3].map { Self.tag($0) })
    trace.executor.changedMeanwhile = [2]
    trace.run([Self.empty], [Self.listed([1, 3], [2])])
    #expect(trace.sent == [[1, 3]])
    #expect(
      trace.outcomes
        == ["done", "skipped: drifted: somebody changed it after the run started", "done"])
  }
}
