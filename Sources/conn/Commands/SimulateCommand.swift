import ArgumentParser
import Evaluation
import Glibc
import Simulator

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Serve a simulated workspace on loopback until Ctrl-C.",
    discussion: """
      conn prints two lines for a shell to evaluate: WORKATO_HOST, the URL of the server, and \
      WORKATO_API_TOKEN, the token that it accepts.
      """)

  @Option(help: "Port to listen on; 0 picks a free one.") var port = 0
  @Option(
    help: ArgumentHelp(
      "JSON file with the initial connections (default: the sample workspace).", valueName: "file"))
  var data: String?
  @Option(help: ArgumentHelp("JSON file with faults to play.", valueName: "file"))
  var faults: String?

  func run() async throws {
    var options = SimulatorOptions()
    options.port = port
    let server: SimulatedServer
    do {
      let connections = try data.map(ConnectionsFile.load) ?? SampleWorkspace.connections
      server = try await SimulatedServer.start(
        options: options, connections: connections,
        faults: try faults.map(FaultsFile.load) ?? [])
    } catch {
      StandardOutput.shared.talk("error: \(error)")
      throw CommandFailure(exitCode: .usage)
    }
    StandardOutput.shared.data(
      "export WORKATO_HOST=\(server.url)\nexport WORKATO_API_TOKEN=\(server.token)\n")
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}
