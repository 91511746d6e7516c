import API
import AsyncHTTPClient
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Planning
import Simulator

/// The way of a script to a simulated workspace and back over real sockets, under a clock that
/// stands still while a call is under way, and otherwise moves when somebody waits.
struct SocketFixture: WriterSource {
  let server: SimulatedServer
  private let address: ServerAddress
  let clock = SocketClock()
  private let serverClock: ServerClock
  private let client = HTTPTransport.makeClient()
  private let pacer: SharedRateLimiter
  private let lists: CountingTransport
  private let writes: CountingTransport

  /// `writesTo` is where the calls that write go, in the place of the server; they are given up
  /// after `timeout`.
  init(
    _ faults: [SimulatorFault], writesTo other: String? = nil,
    timeout: Duration = HTTPTransport.callTimeout
  ) async throws {
    var options = SimulatorOptions()
    options.limits = .off
    options.clock.wallMilliseconds = { [clock] in
      1_770_091_506_789 + Int64(clock.uptime() * 1_000)
    }
    serverClock = ServerClock(clock)
    server = try await SimulatedServer.start(options: options, faults: faults)
    address = try ServerAddress(server.url)
    pacer = SharedRateLimiter(clock: clock, store: MemoryCallLogStore())
    lists = CountingTransport(
      HTTPTransport(
        client: client, server: address, token: try APIToken(server.token),
        serverClock: serverClock),
      clock)
    writes = CountingTransport(
      HTTPTransport(
        client: client, server: try ServerAddress(other ?? server.url),
        token: try APIToken(server.token), timeout: timeout, serverClock: serverClock),
      clock)
  }

  var reader: ServerReader {
    ServerReader(transport: lists, server: address, pacer: pacer, clock: clock)
  }

  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession {
    WriteSession(
      writer: ServerWriter(transport: writes), reader: reader, pacer: pacer, clock: clock,
      serverClock: serverClock)
  }

  func forecast(_ calls: [PlannedCall]) -> Double { 0 }
  var hostName: String { "127.0.0.1" }

  func close() async throws {
    try await client.shutdown()
    try await server.stop()
  }

  /// Runs the script, and returns the message of the error that ended it.
  func message(_ script: String) async throws -> String? {
    try await PipelineFixture().run(script) { $0.mode = .live(reader, self) }.error?.message
  }

  /// Runs the script: the outcomes of its rows, the calls that wrote, the lists, the exit code.
  func run(_ script: String) async throws -> String {
    let result = try await PipelineFixture().run(script) { $0.mode = .live(reader, self) }
    let outcomes = result.rows.compactMap { $0["outcome"]?.string }.joined(separator: " ")
    let lists = await server.requests().count { $0.method == "GET" }
    let calls = await server.requests().count - lists
    return "\(outcomes) \(calls) \(lists) \(result.exitCode.rawValue)"
  }
}

final class SocketClock: Timekeeper {
  private let state = Locked((now: 0.0, underWay: 0))

  func uptime() -> Double { state.read { $0.now } }

  func sleep(seconds: Double) async throws {
    guard state.read({ $0.underWay == 0 }) else {
      return try await Task.sleep(for: .milliseconds(1))
    }
    state.change { $0.now += seconds }
  }

  func begin() { state.change { $0.underWay += 1 } }
  func end() { state.change { $0.underWay -= 1 } }
}

/// Tells the clock when a call is under way.
struct CountingTransport: Transport {
  private let carrier: any Transport
  private let clock: SocketClock

  init(_ carrier: any Transport, _ clock: SocketClock) {
    self.carrier = carrier
    self.clock = clock
  }

  func send(_ request: Request) async throws(TransportFailure) -> Answer {
    clock.begin()
    defer { clock.end() }
    return try await carrier.send(request)
  }
}
