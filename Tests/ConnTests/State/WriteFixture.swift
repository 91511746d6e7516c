import Foundation
import Simulator
import TestSupport
import Testing

/// A simulated workspace of two connections, without limits; a directory for the program's state;
/// and the program.
///
/// Unless `time` is real, the workspace's clock stands still, so two runs that make the same calls leave the same rows.
struct WriteFixture: Sendable {
  let server: SimulatedServer
  let directory: URL

  /// Five writes in two plans: two updates and two disconnects, and a delete that depends on them.
  static let script = """
    let old = get 36, 37 | update name = f"{name} (old)" | disconnect
    if count($old) == 2 { list where name ends with " (old)" | where id == 36 | delete }

    """
  static let run = "conn run script.conn --yes --max-writes 9 --rate 20"
  static let resume = "conn resume --yes"

  init(
    _ faults: [SimulatorFault] = [], script: String = Self.script, isTimeReal: Bool = false
  ) async throws {
    server = try await Self.serve(faults, isTimeReal)
    directory = try Program.makeScratch()
    try put("script.conn", script)
  }

  private static func serve(_ faults: [SimulatorFault], _ isTimeReal: Bool) async throws
    -> SimulatedServer
  {
    var options = SimulatorOptions()
    options.limits = .off
    if !isTimeReal { options.clock.wallMilliseconds = { 1_770_091_506_789 } }
    return try await SimulatedServer.start(
      options: options,
      content: WorkspaceContent(
        connections: SampleWorkspace.connections.filter { [36, 37].contains($0.id) }),
      faults: faults)
  }

  /// Runs a shell command next to the script.
  func shell(_ line: String, _ added: [String: String] = [:]) async throws -> Program.Result {
    let environment = [
      "XDG_STATE_HOME": directory.appending(path: "state").path, "WORKATO_HOST": server.url,
      "WORKATO_API_TOKEN": server.token, "SHIM": try Shim.library.get().path,
    ].merging(added) { $1 }
    return try await Program.run(
      "cd '\(directory.path)'; " + line, environment: environment)
  }

  /// Runs the program with the shim, which makes the given operations fail, and may log.
  func shimmed(_ line: String, _ plan: String? = nil, log: String? = nil) async throws
    -> Program.Result
  {
    let variables = [("CONN_SHIM", plan), ("CONN_SHIM_LOG", log)]
      .map { name, value in value.map { "\(name)='\($0)' " } ?? "" }.joined()
    return try await shell("LD_PRELOAD=$SHIM \(variables)exec \(line)")
  }

  func close() async throws {
    try await server.stop()
    try FileManager.default.removeItem(at: directory)
  }

  // MARK: Results

  func put(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: directory.appending(path: name))
  }

  /// The directories of the runs.
  var runs: [URL] {
    let path = directory.appending(path: "state/conn/runs").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().map { URL(filePath: path).appending(path: $0) }
  }

  func journal() throws -> String {
    let url = try #require(runs.first).appending(path: "journal.jsonl")
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }

  func world() async -> World {
    World(rows: await server.connections(), writes: await server.counts().writes)
  }

  /// The method and target of all write calls so far.
  func writes() async -> [String] {
    await server.requests().filter { $0.method != "GET" }.map { "\($0.method) \($0.uri)" }
  }

  /// The workspace, and the number of calls that changed it.
  struct World: Equatable, Sendable {
    let rows: [SimulatedConnection]
    let writes: Int
  }

  /// The workspace after the script if nothing goes wrong.
  static func undisturbed(_ script: String = Self.script) async throws -> World {
    let fixture = try await WriteFixture(script: script)
    let result = try await fixture.shell(run)
    #expect(result.exitCode == 0, "\(result.errors)")
    let world = await fixture.world()
    try await fixture.close()
    return world
  }
}

/// The library that makes writes fail, compiled once.
enum Shim {
  static let library = Result { () throws -> URL in
    let url = try Program.makeScratch().appending(path: "shim.so")
    try Clang.compile("Shim/shim.c", ["-shared", "-fPIC"], to: url)
    return url
  }
}
