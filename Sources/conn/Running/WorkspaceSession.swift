import API
import AsyncHTTPClient
import ConnectionsClient
import Evaluation
import Execution
import Language
import Planning
import Simulator

/// An open workspace: the objects through which a run reaches it, until ``close()``.
struct WorkspaceSession: Sendable {
  let mode: RunMode
  /// The place of the run's files and the workspace it belongs to; `nil` if none is reached.
  private(set) var binding: WorkspaceBinding?
  /// The server's address, which is also shown before every write.
  let address: ServerAddress
  /// The proxy that calls pass through, if any.
  private(set) var proxy: ProxyAddress?
  /// Lists the server's workspace in a run that can write.
  var workspaceReader: (any ConnectionReader)?
  /// Reads the tags of the workspace; `nil` in a dry run.
  var tagReader: (any TagReader)?
  /// Estimates the duration of calls; `nil` if none are made.
  private(set) var pacer: SharedRateLimiter?
  private let client: HTTPClient?
  let server: SimulatedServer?

  /// Opens what the options ask for, and no more: a dry run opens nothing. `server` is a simulator
  /// that is already running.
  static func open(
    _ options: RunOptions, _ choice: ResolvedWorkspace, _ host: Host,
    for script: CheckedScript? = nil, events: any EventSink = NoEvents(),
    server: SimulatedServer? = nil
  )
    async throws(RunError) -> WorkspaceSession
  {
    let snapshot = try options.workspace.snapshot.map { path throws(RunError) in
      try self.snapshot(path, host.dataDisk)
    }
    let address = choice.server
    let printer = options.mode.calls.map { CallPrinter(form: $0, server: address) }
    if options.mode.dryRun {
      let printer = printer ?? CallPrinter(form: .http, server: address)
      return WorkspaceSession(
        mode: .dryRun(printer, snapshot: snapshot), address: address, client: nil, server: nil)
    }
    if options.mode.preview, let snapshot {
      return WorkspaceSession(
        mode: .preview(printer, snapshot), address: address, client: nil, server: nil)
    }
    if let script, !script.needsServer(listsFromFile: snapshot != nil) {
      let reader = snapshot ?? SnapshotReader([])
      let mode: RunMode =
        options.mode.preview ? .preview(printer, reader) : .live(reader, RejectingWriter())
      return WorkspaceSession(mode: mode, address: address, client: nil, server: nil)
    }
    return try await connect(options, choice, host, snapshot, events, server)
  }

  /// Opens the workspace even for a script that needs none, since a plan belongs to a workspace.
  static func openAlways(
    _ options: RunOptions, _ choice: ResolvedWorkspace, _ host: Host,
    events: any EventSink = NoEvents()
  ) async throws(RunError) -> WorkspaceSession {
    let snapshot = try options.workspace.snapshot.map { path throws(RunError) in
      try self.snapshot(path, host.dataDisk)
    }
    return try await connect(options, choice, host, snapshot, events)
  }

  private static func connect(
    _ options: RunOptions, _ choice: ResolvedWorkspace, _ host: Host,
    _ snapshot: SnapshotReader?, _ events: any EventSink, _ running: SimulatedServer? = nil
  ) async throws(RunError) -> WorkspaceSession {
    let source = try choice.tokenSource()
    let credentials = Credentials(host, tokenSource: source)
    let server = options.workspace.simulator ? try await simulator(options, host, running) : nil
    let address =
      try server.map { server throws(RunError) in try self.address(server.url) } ?? choice.server
    let token = try await token(source, credentials, server)
    let client = try host.network.client(for: choice.route, host.disk)
    let calls = WorkspaceClient(
      address, client, token, credentials, options, host, rate: choice.profile?.rate,
      isShared: server == nil, events)
    return WorkspaceSession(
      mode: mode(options, address, calls, snapshot),
      binding: WorkspaceBinding(
        address, token, profile: choice.profile?.name, tokenSource: source,
        // Nothing is stored for an embedded simulator, since each one is a new workspace.
        store: server == nil ? SystemRunStore(host) : EphemeralRunStore(),
        isSimulated: server != nil),
      address: address, proxy: try choice.route.proxy(),
      workspaceReader: options.mode.preview ? nil : calls.reader,
      tagReader: calls.tagReader,
      pacer: calls.pacer,
      client: calls.client, server: server)
  }

  private static func mode(
    _ options: RunOptions, _ address: ServerAddress, _ calls: WorkspaceClient,
    _ snapshot: SnapshotReader?
  ) -> RunMode {
    let printer = options.mode.calls.map { CallPrinter(form: $0, server: address) }
    return options.mode.preview
      ? .preview(printer, snapshot ?? calls.readOnlyReader) : .live(snapshot ?? calls.reader, calls)
  }

  /// The server's address and the proxy on the way to it, as shown before every write.
  var title: String { ServerRoute.title(address, proxy) }

  /// The reader that lists connections; `nil` in a dry run.
  var reader: (any ConnectionReader)? { mode.reader }

  func close() async {
    await disconnect()
    try? await server?.stop()
  }

  /// Closes everything except the simulator.
  func disconnect() async { try? await client?.shutdown() }

  // MARK: Parts

  private static func token(
    _ source: String?, _ credentials: Credentials, _ server: SimulatedServer?
  ) async throws(RunError) -> APIToken {
    guard let server else { return try await credentials.token(from: source) }
    do { return try APIToken(server.token) } catch { throw RunError(.internalError, "\(error)") }
  }

  private static func address(_ text: String) throws(RunError) -> ServerAddress {
    do { return try ServerAddress(text) } catch { throw RunError(.usage, error.description) }
  }

  private static func simulator(_ options: RunOptions, _ host: Host, _ running: SimulatedServer?)
    async throws(RunError) -> SimulatedServer
  {
    if let running { return running }
    do {
      let content = try options.workspace.simulatorData.map {
        try WorkspaceFile.load($0, in: host.workingDirectory)
      }
      var simulation = SimulatorOptions()
      simulation.clock = host.clock.simulated
      return try await SimulatedServer.start(
        options: simulation, content: content ?? SampleWorkspace.content)
    } catch {
      throw RunError(.usage, "cannot start the simulator: \(error)")
    }
  }

  private static func snapshot(_ path: String, _ disk: DataDisk) throws(RunError)
    -> SnapshotReader
  {
    let set: RowSet
    do {
      set = try disk.data(DataFile(path)).rows().set
    } catch {
      throw RunError(.usage, error.message)
    }
    let connections = set.rows.compactMap(\.connection)
    guard connections.count == set.rows.count else {
      throw RunError(
        .usage, "`\(path)` does not contain connections: each row needs an id and a name")
    }
    return SnapshotReader(connections)
  }
}

extension CheckedScript {
  /// `true` iff the script lists, looks up or writes on the server; otherwise it needs no token.
  fileprivate func needsServer(listsFromFile: Bool) -> Bool {
    statements.flatMap(\.pipelines).contains { pipeline in
      pipeline.writes || pipeline.looksUp || (pipeline.source.isListed && !listsFromFile)
    }
  }
}

extension CheckedSource {
  fileprivate var isListed: Bool {
    switch kind {
    case .list, .get: true
    case .file, .variable, .lastResult, .nothing: false
    }
  }
}

/// The writer of a script that writes nothing.
private struct RejectingWriter: WriterSource {
  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession {
    throw RunError(.internalError, "a script without writes tried to write")
  }

  func forecast(_ calls: [PlannedCall]) -> Double { 0 }
  var hostName: String { "" }
}
