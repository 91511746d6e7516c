import API
import AsyncHTTPClient
import ConnectionsClient
import Evaluation
import Execution
import Planning

/// The client for one server with one token. It provides the readers and the writer of a run; each
/// call is paced and reported.
struct WorkspaceClient: WriterSource {
  let client: HTTPClient
  let pacer: SharedRateLimiter
  let hostName: String
  private let transport: HTTPTransport
  private let server: ServerAddress
  private let credentials: Credentials
  private let token: APIToken
  private let events: any EventSink
  private let isVerbose: Bool
  private let host: Host

  /// `rate` is the profile's, in calls per second; `isShared` is `true` iff other processes may
  /// call the server too.
  init(
    _ address: ServerAddress, _ client: HTTPClient, _ token: APIToken, _ credentials: Credentials,
    _ options: RunOptions, _ host: Host, rate: Double?, isShared: Bool, _ events: any EventSink
  ) {
    self.host = host
    server = address
    self.client = client
    transport = host.network.transport(client, address, token, host.clock, knowing: host.secrets)
    pacer = Pacing(host: host).pacer(
      address, token, rate: options.pace.rate ?? rate ?? 1, isShared: isShared,
      isQuiet: options.talk.quiet)
    hostName = address.authority
    self.credentials = credentials
    self.token = token
    host.withhold(token)
    host.secrets.add(token, from: credentials.tokenPlace)
    self.events = events
    isVerbose = options.talk.verbose
  }

  var reader: ServerReader { reader(transport) }

  /// A reader whose transport refuses everything but GETs.
  var readOnlyReader: ServerReader { reader(ReadOnlyTransport(transport)) }

  /// Reads the tags, through a transport that refuses everything but GETs.
  var tagReader: ServerTagReader {
    ServerTagReader(
      transport: observed(ReadOnlyTransport(transport)), pacer: pacer, clock: host.clock)
  }

  private func reader(_ carrier: any Transport) -> ServerReader {
    ServerReader(
      transport: observed(carrier), server: server, pacer: pacer, clock: host.clock)
  }

  private func observed(_ carrier: any Transport) -> any Transport {
    ObservedTransport(carrier: carrier, events: events, host: host, isVerbose: isVerbose)
  }

  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession {
    let known = transport.with(try await credentials.secrets(secrets, besides: token))
    return WriteSession(
      writer: ServerWriter(transport: observed(known)), reader: reader, pacer: pacer,
      clock: host.clock,
      serverClock: transport.serverClock, secrets: host.secrets)
  }

  func forecast(_ calls: [PlannedCall]) -> Double { pacer.forecast(calls.map(\.call.kind)) }
}
