import ArgumentParser
import Evaluation
import Simulator

struct SimulateCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Serve a simulated workspace on loopback until Ctrl-C.",
    discussion: """
      conn prints two lines for a shell to evaluate: WORKATO_HOST, the URL of the server, and \
      WORKATO_API_TOKEN, the token that it accepts.

      Example: conn simulate --port 8080
      """)

  @Option(help: "Port to listen on; 0 picks a free one.") var port = 0
  @Option(
    help: ArgumentHelp(
      "JSON file with the initial connections and tags (default: the sample workspace).",
      valueName: "file"))
  var data: String?
  @Option(help: ArgumentHelp("JSON file with faults to play.", valueName: "file"))
  var faults: String?

  func run(on host: Host) async throws {
    let server = try await server(host)
    host.output.data(
      "export WORKATO_HOST=\(server.url)\nexport WORKATO_API_TOKEN=\(server.token)\n")
    while (try? await Task.sleep(for: .seconds(3600))) != nil {}
    try await server.stop()
  }

  private func server(_ host: Host) async throws(RunError) -> SimulatedServer {
    var options = SimulatorOptions()
    options.port = port
    options.clock = host.clock.simulated
    do {
      let directory = host.workingDirectory
      let content = try data.map { try WorkspaceFile.load($0, in: directory) }
      let faults = try faults.map { try FaultsFile.load($0, in: directory) }
      return try await SimulatedServer.start(
        options: options, content: content ?? SampleWorkspace.content, faults: faults ?? [])
    } catch {
      throw RunError(.usage, "\(error)")
    }
  }
}
