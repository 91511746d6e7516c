import Simulator

/// A simulated workspace without limits, for `scripts/bench writes`.
enum Server {
  /// Serves a file of connections until the program is killed; prints the URL and the token.
  static func serve(_ path: String) async throws {
    let server = try await SimulatedServer.start(
      content: try WorkspaceFile.load(path), limits: .off)
    print("export WORKATO_HOST=\(server.url) WORKATO_API_TOKEN=\(server.token)")
    try await Task.sleep(for: .seconds(3600))
  }
}
