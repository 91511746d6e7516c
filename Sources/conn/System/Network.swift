import API
import AsyncHTTPClient
import ConnectionsClient

/// The way to servers.
struct Network: Sendable {
  /// Makes the client of a workspace, which the workspace shuts down.
  var makeClient: @Sendable () -> HTTPClient = { HTTPTransport.makeClient() }
  /// Returns the address under which a server is called.
  var route: @Sendable (ServerAddress) -> ServerAddress = { $0 }

  func transport(
    _ client: HTTPClient, _ server: ServerAddress, _ token: APIToken, _ clock: any Timekeeper
  ) -> HTTPTransport {
    HTTPTransport(
      client: client, server: route(server), token: token, serverClock: ServerClock(clock))
  }
}
