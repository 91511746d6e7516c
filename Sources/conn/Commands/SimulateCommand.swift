import ArgumentParser
import Evaluation
import Glibc
import Simulator

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Run the simulated workspace as a server on loopback, until Ctrl-C.",
    discussion: """
      Prints two lines that a shell can evaluate: its URL as WORKATO_HOST, and the token that it \
      takes as WORKATO_API_TOKEN.
      """)

  @Option(help: "The port; 0 takes a free one.") var port = 0
  @Option(help: ArgumentHelp("Seed the workspace from a file.", valueName: "file"))
  var data: String?
  @Option(help: ArgumentHelp("Play the faults of a file.", valueName: "file"))
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
