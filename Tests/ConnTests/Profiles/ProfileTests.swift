import Foundation
import Simulator
import TestSupport
import Testing

/// Profiles in the built program: the configuration file, and which host gets which token.
@Suite(.ownThread) struct ProfileTests {
  private let home: URL

  init() throws { home = try Program.makeScratch() }

  private var file: URL { home.appending(path: "conn/config.conn") }

  private func write(_ text: String, mode: Int = 0o600) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  private func run(_ line: String, _ variables: [String: String] = [:]) async throws
    -> Program.Result
  {
    let own = ["XDG_CONFIG_HOME": home.path, "CONN_TEST_TOKEN": "wrk-simulator"]
    return try await Program.run(line, environment: own.merging(variables) { $1 })
  }

  /// Runs lines with a server whose profile `sim` is the default.
  private func against(
    _ settings: String, _ lines: [(String, [String: String])], faults: [SimulatorFault] = []
  ) async throws -> ([Program.Result], [ReceivedRequest]) {
    let server = try await SimulatedServer.start(options: SimulatorOptions(), faults: faults)
    try write("profile \"sim\" { host = \"\(server.url)\"; \(settings) }\ndefault = \"sim\"\n")
    var results: [Program.Result] = []
    for (line, variables) in lines { results.append(try await run(line, variables)) }
    try await server.stop()
    return (results, await server.requests())
  }

  private static let token = "token = secret(\"env:CONN_TEST_TOKEN\")"

  // MARK: The file

  @Test(arguments: [(0o600, true), (0o644, true), (0o660, false), (0o602, false), (0o666, false)])
  func refusesAnUnsafeConfiguration(_ mode: Int, _ isUsed: Bool) async throws {
    try write("profile \"a\" { region = \"jp\" }; default = \"a\"", mode: mode)
    let result = try await run("conn eval --dry-run 'list | count' --calls curl")
    #expect(result.exitCode == (isUsed ? 0 : 2))
    #expect(result.output.contains("https://app.jp.workato.com/api/") == isUsed)
    #expect(result.errors.contains("   = help: chmod go-w \(file.path)\n") == !isUsed)
    expectEqual(try await run("conn eval --simulator 'list | count'").exitCode, 0)
  }

  /// Anyone who can write to the directory can replace the file.
  @Test func refusesAReplaceableConfiguration() async throws {
    try write("profile \"a\" { region = \"jp\" }; default = \"a\"")
    let result = try await run("chmod 777 $XDG_CONFIG_HOME/conn; conn eval --dry-run 'list'")
    #expect(result.exitCode == 2)
    #expect(
      result.errors.contains("can be replaced by other users: anybody can write to"),
      "\(result.errors)")
  }

  @Test func fallsBackToHome() async throws {
    try write("profile \"a\" { region = \"jp\" }")
    let config = home.appending(path: ".config")
    try FileManager.default.createDirectory(at: config, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: home.appending(path: "conn"), to: config.appending(path: "conn"))
    for other in ["", "relative"] {
      let result = try await run(
        "conn profile list", ["HOME": home.path, "XDG_CONFIG_HOME": other])
      #expect(result.output.contains("https://app.jp.workato.com"))
    }
  }

  // MARK: Tokens

  @Test func optionBeatsEnvironmentBeatsProfile() async throws {
    let wrong = ["WORKATO_API_TOKEN": "wrk-wrong"]
    let (results, requests) = try await against(
      Self.token,
      [
        ("conn eval 'list | count'", [:]), ("conn eval 'list | count'", wrong),
        ("conn eval 'list | count' --token-from env:CONN_TEST_TOKEN", wrong),
        ("conn eval 'list | count' --profile sim", wrong),
        ("conn eval 'list | count' --profile sim --token-from env:WORKATO_API_TOKEN", wrong),
      ])
    #expect(results.map(\.exitCode) == [0, 3, 0, 0, 3])
    #expect(
      results.map { $0.errors.contains("WORKATO_API_TOKEN is ignored") }
        == [false, false, false, true, false])
    #expect(requests.count == 5)
  }

  /// The token of a profile is sent to the profile's host, and to no other.
  @Test func tokenIsSentOnlyToItsHost() async throws {
    let elsewhere = try await SimulatedServer.start(options: SimulatorOptions())
    let (results, requests) = try await against(
      Self.token,
      [
        ("conn eval 'list | count'", ["WORKATO_HOST": elsewhere.url]),
        ("conn eval 'list | count' --host \(elsewhere.url)", [:]),
        ("conn eval 'list | count' --profile sim --host \(elsewhere.url)", [:]),
        ("conn eval 'list | count' --profile sim", ["WORKATO_HOST": elsewhere.url]),
      ])
    try await elsewhere.stop()
    #expect(results.map(\.exitCode) == [2, 2, 2, 0])
    #expect(results[3].errors.contains("note: WORKATO_HOST is ignored"))
    #expect(requests.count == 1)
    expectEqual(await elsewhere.requests(), [])
  }

  @Test func readsTheTokenFromACommand() async throws {
    let (results, _) = try await against(
      "token = secret(\"cmd:printenv CONN_TEST_TOKEN\")", [("conn eval 'list | count'", [:])])
    #expect(results[0].output == "{\"count\":58}\n")
  }

  // MARK: conn profile test

  @Test func testsAProfile() async throws {
    let (results, requests) = try await against(
      Self.token,
      [
        ("conn profile test", [:]), ("conn profile test sim", ["CONN_TEST_TOKEN": "wrk-wrong"]),
        ("unset CONN_TEST_TOKEN; conn profile test sim", [:]),
      ])
    #expect(results.map(\.exitCode) == [0, 3, 3])
    #expect(results[0].output.contains("listed 58 connections in "))
    #expect(results[1].errors.contains("wrong region?"))
    #expect(results[2].errors.contains("the variable `CONN_TEST_TOKEN` is not set"))
    #expect(requests.map(\.method) == ["GET", "GET"])
    try write("profile \"sim\" { host = \"\(try UnheardPort.url)\"; \(Self.token) }\n")
    expectEqual(try await run("conn profile test sim").exitCode, 8)
    expectEqual(try await run("conn profile test smi").exitCode, 2)
  }

  // MARK: Guards

  @Test func leavesProtectedConnectionsAlone() async throws {
    let (results, requests) = try await against(
      "\(Self.token); protect = tags has \"tag-legacy\"",
      [
        ("conn run scripts/maintenance/disconnect-tagged.conn --yes", [:]),
        ("conn eval 'get 1204 | select id | delete' --yes", [:]),
      ])
    #expect(results.map(\.exitCode) == [5, 5])
    #expect(results[0].errors.contains("protects 5 of the 5 connections"))
    #expect(
      requests.map(\.uri) == Array(repeating: "/api/connections?includes%5B%5D=tags", count: 2))
  }

  /// A snapshot may be out of date; before a write the workspace itself is listed.
  @Test func checksASnapshotAgainstTheWorkspace() async throws {
    let snapshot = home.appending(path: "old.json")
    try #"[{"id":1204,"name":"a","application":"b","tags":[]}]"#
      .write(to: snapshot, atomically: true, encoding: .utf8)
    let (results, requests) = try await against(
      "\(Self.token); protect = tags has \"tag-legacy\"",
      [("conn eval 'get 1204 | delete' --yes --snapshot \(snapshot.path)", [:])])
    #expect(results[0].exitCode == 5)
    #expect(requests.map(\.method) == ["GET"])
  }

  @Test func readOnlyProfileSendsNoWrites() async throws {
    let (results, requests) = try await against(
      "\(Self.token); read_only = true",
      [("conn eval 'list where connected | disconnect' --yes --max-writes 99", [:])])
    #expect(results[0].exitCode == 5)
    #expect(requests.isEmpty)
  }

  @Test func productionAsksForTheProfile() throws {
    try write("profile \"sim\" { region = \"eu\"; production = true }")
    let variables = Program.environment([
      "XDG_CONFIG_HOME": home.path, "TERM": "xterm", "NO_COLOR": "1",
    ])
    let terminal = try PseudoTerminal(
      ["eval", "get 1207 | update name = \"x\"", "--simulator", "--profile", "sim"],
      environment: variables)
    #expect(terminal.wait(for: "Profile sim (production), http://127.0.0.1:") != nil)
    #expect(terminal.wait(for: "Type sim to continue: ") != nil)
    terminal.type("y\r")
    #expect(terminal.wait(for: "not confirmed; nothing was changed") != nil)
    #expect(terminal.exitCode() == 4)
  }
}
