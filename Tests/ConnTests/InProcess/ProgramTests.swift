import Foundation
import TestSupport
import Testing

/// The two ways in which tests run commands: in their own process, and in one that they start.
@Suite struct ProgramTests {
  /// A line of shell and what it leaves.
  @Test(arguments: [
    "conn eval 'print 1 + 1; lisst'", "conn --version", "conn eval --nonsense", "conn",
    "printf 'list | count' | conn run - --simulator; conn profile list < /dev/null",
    "cd docs; conn check nothing.conn; conn fmt --check ../scripts/maintenance/inventory.conn",
    "NAME=7 conn eval 'print env(\"NAME\")' --dry-run 2>&1 | cat",
    "conn repl --simulator <<< 'print 40 + 2'", "conn eval 'print 1' > /dev/full",
  ])
  func commandsInProcessBehaveAsInAProcessOfTheirOwn(_ line: String) async throws {
    let inside = try await Program.run(line)
    let outside = try await Program.run("export CONN_PROCESS=1; " + line)
    #expect(inside.output == outside.output)
    #expect(inside.errors == outside.errors)
    #expect(inside.exitCode == outside.exitCode)
  }

  /// Nothing of the process of the tests changes: not its directory, its signals or its variables.
  @Test func commandsLeaveTheProcessUnchanged() async throws {
    let before = Self.state()
    _ = try await Program.run("cd /tmp; X=1 conn repl --simulator <<< 'get 36 | disconnect'")
    #expect(Self.state() == before)
  }

  private static func state() -> [String] {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    let handlers = [SIGINT, SIGTERM, SIGHUP].map { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      return "\(unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self))"
    }
    return handlers + [
      "\(limit.rlim_cur)", FileManager.default.currentDirectoryPath,
      "\(ProcessInfo.processInfo.environment["X"] ?? "")",
    ]
  }
}
