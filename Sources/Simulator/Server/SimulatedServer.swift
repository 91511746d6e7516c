import NIOCore
import NIOHTTP1
import NIOPosix

/// A workspace behind a real HTTP server on 127.0.0.1.
package struct SimulatedServer: Sendable {
  /// `http://127.0.0.1:PORT`, without a trailing slash.
  package let url: String
  package let port: Int
  /// The bearer token that every call must carry.
  package let token: String
  private let backend: Backend
  private let listener: any Channel

  /// Starts listening, and returns when calls are accepted. Throws `ListenError` if the port is in use.
  package static func start(
    options: SimulatorOptions = SimulatorOptions(),
    content: WorkspaceContent = SampleWorkspace.content,
    faults: [SimulatorFault] = []
  ) async throws -> SimulatedServer {
    guard (0...65_535).contains(options.port) else { throw ListenError(noPort: options.port) }
    let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
    let backend = Backend(
      on: eventLoop, options: options, content: content, faults: faults)
    do {
      return SimulatedServer(backend, try await listen(on: eventLoop, backend))
    } catch {
      throw ListenError(port: options.port, error)
    }
  }

  private init(_ backend: Backend, _ listener: any Channel) {
    self.backend = backend
    self.listener = listener
    token = backend.options.token
    port = listener.localAddress?.port ?? 0
    url = "http://127.0.0.1:\(port)"
  }

  /// The current state of the workspace, including hidden facts.
  package func connections() async -> [SimulatedConnection] { await backend.workspace.rows }

  package func connection(_ id: Int64) async -> SimulatedConnection? {
    await connections().first { $0.id == id }
  }

  /// All requests so far, in the order in which they were processed; still available after `stop`.
  package func requests() async -> [ReceivedRequest] { await backend.requests }

  package func counts() async -> RequestCounts { await backend.counts }

  /// Stops listening and closes every TCP connection; a second call does nothing.
  package func stop() async throws {
    do {
      try await listener.close()
    } catch ChannelError.alreadyClosed {}
    await backend.closeChannels()
  }

  private static func listen(
    on eventLoop: any EventLoop, _ backend: Backend
  ) async throws -> any Channel {
    try await ServerBootstrap(group: eventLoop)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let decoder = ByteToMessageHandler(HTTPRequestDecoder())
          try channel.pipeline.syncOperations.addHandlers(decoder, HTTPConnectionHandler(backend))
        }
      }
      .bind(host: "127.0.0.1", port: backend.options.port).get()
  }
}
