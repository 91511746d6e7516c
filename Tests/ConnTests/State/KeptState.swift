import Foundation
import Simulator
import TestSupport

/// The state that an earlier build left on disk (`KeptStateFixture/kept`, see its `README.md`), copied to a
/// directory of its own, and the workspace that it belongs to.
///
/// Runs and plans name their server with its port. The host connects who calls that one with the
/// port of the day, so that no byte of what was kept needs to be changed.
struct KeptState: Sendable {
  static let fixture = Golden.root.appending(path: "Tests/ConnTests/KeptStateFixture/kept")
  static let port = 28417

  let server: SimulatedServer
  let directory: URL

  init() async throws {
    var options = SimulatorOptions()
    options.limits = .off
    server = try await SimulatedServer.start(
      options: options,
      content: try WorkspaceFile.load(Self.fixture.appending(path: "workspace.json").path))
    directory = try Program.makeScratch()
    let made = try await Program.run(
      "cp -R '\(Self.fixture.path)'/* '\(directory.path)' && chmod -R go= '\(directory.path)'")
    guard made.exitCode == 0 else { throw Problem(message: made.errors) }
  }

  struct Problem: Error { let message: String }

  var state: URL { directory.appending(path: "state/conn") }

  /// Runs a line of shell in the copy, with the token in both of its variables.
  func shell(_ line: String) async throws -> Program.Result {
    let environment = [
      "XDG_STATE_HOME": directory.appending(path: "state").path,
      "XDG_CONFIG_HOME": directory.appending(path: "config").path,
      "WORKATO_HOST": "http://127.0.0.1:\(Self.port)", "WORKATO_API_TOKEN": server.token,
      "CONN_KEPT_TOKEN": server.token, "CONN_SHIM_PORT": "\(Self.port):\(server.port)",
    ]
    return try await Program.run(
      "cd '\(directory.path)'; " + line, environment: environment)
  }

  /// Returns the name of the only run of this script in this state.
  func run(_ state: String, _ script: String) async throws -> String {
    let wanted = #".state == "\#(state)" and (.script | endswith("\#(script)"))"#
    let result = try await shell("conn runs | jq -r 'select(\(wanted)).run'")
    let names = result.output.split(separator: "\n")
    guard names.count == 1 else { throw Problem(message: result.output + result.errors) }
    return String(names[0])
  }

  /// The methods and targets of all writes so far.
  func writes() async -> [String] {
    await server.requests().filter { $0.method != "GET" }.map { "\($0.method) \($0.uri)" }
  }

  func close() async throws {
    try await server.stop()
    try FileManager.default.removeItem(at: directory)
  }
}
