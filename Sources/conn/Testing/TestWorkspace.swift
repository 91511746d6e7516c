import API
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Planning
import Simulator
import Synchronization

/// The workspace of a test: the simulator, called without any network. It records the calls that
/// change something, and stands in for each secret with a dummy, so that none is read.
final class TestWorkspace: Transport {
  private let state: Mutex<State>
  let clock: TestClock
  let pacer: SharedRateLimiter
  /// An address that nothing is sent to.
  let address: ServerAddress

  private struct State {
    var workspace: LocalWorkspace
    var writes: [Request] = []
  }

  init(_ content: WorkspaceContent, _ clock: TestClock) throws(RunError) {
    self.clock = clock
    state = Mutex(State(workspace: LocalWorkspace(content, clock: clock.simulated)))
    pacer = SharedRateLimiter(clock: clock, store: MemoryCallLogStore())
    do { address = try ServerAddress("http://127.0.0.1") } catch {
      throw RunError(.internalError, error.description)
    }
  }

  /// The calls so far that change something.
  var writes: [Request] { state.withLock { $0.writes } }

  var reader: ServerReader {
    ServerReader(transport: self, server: address, pacer: pacer, clock: clock)
  }

  func send(_ request: Request) async throws(TransportFailure) -> Answer {
    let body = request.body.map { $0.sent(with: Self.dummies(for: $0)) ?? $0.shown }
    let (status, answer) = state.withLock { state in
      if request.method != .get { state.writes.append(request) }
      return state.workspace.answer(
        request.method.rawValue, request.target, body.map { Array($0.text.utf8) } ?? [])
    }
    return Answer(status: status, body: answer)
  }

  private static func dummies(for body: RequestBody) -> Secrets {
    Secrets(Dictionary(uniqueKeysWithValues: body.secrets.map { ($0, "dummy") }))
  }
}

extension TestWorkspace: WriterSource {
  var hostName: String { address.authority }

  func forecast(_ calls: [PlannedCall]) -> Double { 0 }

  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession {
    WriteSession(
      writer: ServerWriter(transport: self), reader: reader, pacer: pacer, clock: clock,
      serverClock: ServerClock(clock))
  }
}
