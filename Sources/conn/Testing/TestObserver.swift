import Evaluation
import Execution
import JSON
import Synchronization

/// Collects the outcomes of a run under test, and drops what it prints.
final class TestObserver: EventSink, Output {
  private let outcomes = Mutex<[TestOutcome]>([])

  var found: [TestOutcome] { outcomes.withLock { $0.sorted { $0.number < $1.number } } }

  func emit(_ event: RunEvent) {
    guard event.kind == .outcome else { return }
    let members = JSON.object(JSON.Object(event.members))
    outcomes.withLock {
      $0.append(
        TestOutcome(
          number: members["write"]?.int ?? 0, action: members["action"]?.string ?? "",
          id: members["id"]?.int, kind: members["outcome"]?.string ?? ""))
    }
  }

  func end(with code: ExitCode) {}
  var hasFailed: Bool { false }

  func data(_ text: String) {}
  func talk(_ line: String) {}
  func progress(_ line: String) {}
  var showsProgress: Bool { false }
}

/// The outcome of one write in a test.
struct TestOutcome: Sendable {
  /// The number of the write, from 1.
  let number: Int64
  let action: String
  let id: Int64?
  let kind: String
}
