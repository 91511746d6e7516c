import Foundation
import Simulator
import TestSupport
import Testing

/// The rate of the built program against a server that rejects calls that come too soon.
@Suite struct PacingTests {
  private func against(
    _ line: String, limits: SimulatorLimits = .documented
  ) async throws -> (result: Program.Result, writes: [ReceivedRequest], refused: Int) {
    var options = SimulatorOptions()
    options.limits = limits
    let server = try await SimulatedServer.start(options: options)
    let result = try await Task.detached {
      try await Program.run(
        line, environment: ["WORKATO_HOST": server.url, "WORKATO_API_TOKEN": server.token])
    }.value
    try await server.stop()
    let writes = await server.requests().filter { $0.method != "GET" }
    return (result, writes, await server.counts().limited)
  }

  private func gaps(_ requests: [ReceivedRequest]) -> [Duration] {
    zip(requests, requests.dropFirst()).map { $1.arrival - $0.arrival }
  }

  /// Each process waits for its turn.
  @Test func processesShareTheBudget() async throws {
    let (result, writes, refused) = try await against(
      """
      export CONN_PROCESS=1
      conn eval 'get 1204, 1207, 1211 | disconnect force' --yes & first=$!
      conn eval 'get 1214, 1219 | disconnect force' --yes; second=$?
      wait $first; echo $? $second
      """)
    #expect(result.output.hasSuffix("0 0\n"), "\(result)")
    #expect(refused == 0)
    #expect(writes.count == 5)
    #expect(
      !writes.prefix(3).allSatisfy { ["1204", "1207", "1211"].contains($0.id) },
      "they take turns")
    #expect(gaps(writes).allSatisfy { $0 >= .seconds(1) }, "\(gaps(writes))")
  }

  @Test func consecutiveProcessesShareTheBudget() async throws {
    let (result, writes, refused) = try await against(
      "export CONN_PROCESS=1; for id in 1204 1207; do conn eval \"get $id | disconnect force\" --yes || exit 1; done"
    )
    #expect(result.exitCode == 0)
    #expect(refused == 0)
    #expect(gaps(writes).allSatisfy { $0 >= .seconds(1) }, "\(gaps(writes))")
  }

  @Test func stateContainsNoToken() async throws {
    let (result, _, _) = try await against(
      """
      conn eval 'list | count' > $XDG_STATE_HOME/count || exit 1
      cd $XDG_STATE_HOME/conn/pace; stat -c '%a %F' . *
      ls | grep -vE '^[0-9a-f]{64}[.](json|lock)$'
      ! grep -r "$WORKATO_API_TOKEN" .
      """)
    #expect(
      result.output == """
        700 directory
        600 regular file
        600 regular empty file

        """)
    #expect(result.exitCode == 0)
  }

  /// Reads work without a state directory; writes don't, because they couldn't be recorded.
  @Test(arguments: [
    "XDG_STATE_HOME=/proc", "XDG_STATE_HOME=/dev/null", "ulimit -f 0; ",
  ])
  func warnsWithoutAStateDirectory(_ setting: String) async throws {
    let (read, _, _) = try await against("(\(setting) conn eval 'list | count' 2>&1) | cat")
    #expect(read.output.contains("{\"count\":58}"), "\(read.output)")
    #expect(read.output.ranges(of: "warning: calls of other conn processes").count == 1)
    #expect(read.output.contains("= help: "))
    let (write, writes, _) = try await against(
      "(\(setting) conn eval 'get 1204 | disconnect force' --yes 2>&1; echo $?) | cat")
    #expect(write.output.hasSuffix("10\n"), "\(write.output)")
    #expect(write.output.contains("can't record the run, so nothing was sent"))
    #expect(writes.isEmpty)
  }

  @Test func quietHidesTheWarning() async throws {
    let (result, _, _) = try await against(
      "XDG_STATE_HOME=/proc conn eval 'list | count' --quiet")
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
  }

  @Test func usesTheGivenRate() async throws {
    let (result, writes, _) = try await against(
      "conn eval 'get 1204, 1207, 1211 | disconnect force' --yes --rate 20", limits: .off)
    #expect(result.exitCode == 0)
    #expect(gaps(writes).allSatisfy { $0 >= .milliseconds(50) && $0 < .milliseconds(800) })
  }

  @Test(arguments: ["0", "-1", "nan", "inf", "-0.0"])
  func rejectsInvalidRates(_ rate: String) async throws {
    let result = try await Program.run("conn eval 'list' --simulator --rate=\(rate)")
    #expect(result.exitCode == 2)
    #expect(
      result.errors.contains(
        "--rate must be a number of calls per second above 0, such as 0.5"), "\(result.errors)")
  }

  @Test(arguments: ["fast", "", "1,5"]) func rejectsRatesThatAreNotNumbers(_ rate: String)
    async throws
  {
    let result = try await Program.run("conn eval 'list' --simulator --rate='\(rate)'")
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("--rate"))
  }
}

extension ReceivedRequest {
  /// The connection's id in `/api/connections/ID/…`.
  fileprivate var id: String { uri.split(separator: "/").dropFirst(2).first.map(String.init) ?? "" }
}
