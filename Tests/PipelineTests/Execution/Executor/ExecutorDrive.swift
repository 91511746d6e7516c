import API
import Evaluation
import JSON
import Language

@testable import Execution
@testable import Planning

/// Performs an executor's steps by hand. Every call is answered at once or after a set delay.
struct ExecutorDrive {
  private(set) var executor: Executor
  private(set) var now = 0.0
  private(set) var sent = 0
  /// For each list call, the number of calls sent before it and its time.
  private(set) var sentBeforeLists: [Int] = []
  private(set) var listTimes: [Double] = []
  private(set) var maxOpen = 0
  /// The delay of a list's answer.
  var listSeconds = 0.0
  /// The reason why the lists may be incomplete.
  var listDoubt: String?
  /// The delay of any other call's answer.
  var answerSeconds = 0.0
  var interruptsAfter: Int?
  /// The server's time minus the drive's.
  var serverOffset: Double?
  /// The number of calls in flight before the first is answered.
  var isAnsweredTogether = 1
  private var flying: [Int] = []

  init(_ writes: [PlannedWrite], deadline: Double? = nil, maxFailures: Int = 10) {
    var policy = ExecutionPolicy()
    policy.deadline = deadline
    policy.failures.limit = maxFailures
    executor = Executor(policy: policy, seed: 1)
    executor.begin(writes.numbered)
  }

  /// `list` receives the time of the call.
  mutating func run(
    answering attempt: CallResult, list: (Double) -> Result<[Connection], ClientError>
  ) {
    run(answering: [attempt], list: list)
  }

  /// The calls are answered with these in turn, and then with the first again.
  mutating func run(
    answering attempts: [CallResult], list: (Double) -> Result<[Connection], ClientError>
  ) {
    for _ in 0..<1_000 {
      executor.serverOffset = serverOffset
      maxOpen = max(maxOpen, executor.openCalls.count)
      switch executor.next(at: now) {
      case .store: executor.handle(.stored, at: now)
      case .send(let number, _): send(number, attempts[sent % attempts.count])
      case .list: ask(list)
      case .pause(let time, _): now = time
      case .finished: return
      }
    }
  }

  private mutating func send(_ number: Int, _ attempt: CallResult) {
    sent += 1
    executor.handle(.sent(number: number), at: now)
    flying.append(number)
    if flying.count >= isAnsweredTogether { answer(attempt) }
    if sent == interruptsAfter { executor.handle(.interrupted, at: now) }
  }

  private mutating func answer(_ attempt: CallResult) {
    now += answerSeconds
    for number in flying { executor.handle(.answered(number: number, attempt), at: now) }
    flying = []
    isAnsweredTogether = 1
  }

  private mutating func ask(_ list: (Double) -> Result<[Connection], ClientError>) {
    let answer = list(now)
    sentBeforeLists.append(sent)
    listTimes.append(now)
    now += listSeconds
    executor.handle(.listed(answer.map { ConnectionList($0, doubt: listDoubt) }), at: now)
  }

  /// The outcomes, with their reasons.
  var outcomes: [String] { executor.outcomes.map { "\($0.kind.rawValue) \($0.reason ?? "")" } }

  // MARK: Writes

  static let create = PlannedWrite(
    .create, id: nil, [RequestBody.Member("name", .json("n"))], on: nil, span: SourceSpan(0, 0))

  static func delete(_ id: Int64) -> PlannedWrite {
    PlannedWrite(
      .delete, id: id, on: connection(id, "old", updated: 10), span: SourceSpan(0, 0))
  }

  static func rename(_ id: Int64, from old: String, to name: String) -> PlannedWrite {
    PlannedWrite(
      .update, id: id, [RequestBody.Member("name", .json(.string(name)))],
      on: connection(id, old, updated: 10), span: SourceSpan(0, 0))
  }

  static func connection(_ id: Int64, _ name: String, updated second: Int) -> Connection? {
    let object = JSON.Object([
      ("id", .int(id)), ("name", .string(name)), ("application", "jira"), ("folder_id", .int(1)),
      ("authorization_status", "success"),
      ("updated_at", .string("2026-01-01T00:00:\(second).000Z")),
    ])
    return Connection(.object(object))
  }
}
