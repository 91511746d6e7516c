import Glibc
import Simulator

/// A simulated workspace without limits, for `scripts/bench writes`.
enum Server {
  /// Serves a file of connections until the program is killed; prints the URL and the token.
  static func serve(_ path: String) async throws {
    var options = SimulatorOptions()
    options.limits = .off
    let server = try await SimulatedServer.start(
      options: options, content: try WorkspaceFile.load(path))
    print("export WORKATO_HOST=\(server.url) WORKATO_API_TOKEN=\(server.token)")
    fflush(nil)
    try await Task.sleep(for: .seconds(3600))
  }
}
