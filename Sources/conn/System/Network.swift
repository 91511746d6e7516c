import API
import AsyncHTTPClient
import ConnectionsClient
import Evaluation
import Planning

/// The way to servers.
struct Network: Sendable {
  /// Makes the client of a workspace, which the workspace shuts down.
  var makeClient: @Sendable (ProxyAddress?, TrustedCertificates?) -> HTTPClient = {
    HTTPTransport.makeClient(proxy: $0, trusted: $1)
  }
  /// Returns the address under which a server is called.
  var route: @Sendable (ServerAddress) -> ServerAddress = { $0 }

  func transport(
    _ client: HTTPClient, _ server: ServerAddress, _ token: APIToken, _ clock: any Timekeeper,
    knowing known: KnownSecrets
  ) -> HTTPTransport {
    HTTPTransport(
      client: client, server: route(server), token: token, known: known,
      serverClock: ServerClock(clock))
  }

  /// Makes the client for a way to a server. Throws with exit code 2 if the proxy or the file with the
  /// certificates can't be used.
  func client(for route: ServerRoute, _ disk: SystemDisk) throws(RunError) -> HTTPClient {
    let proxy = try route.proxy()
    let trusted = try route.certificates.map { file throws(RunError) in
      try CertificateFileReader(disk: disk).read(file)
    }
    return makeClient(proxy, trusted)
  }
}
