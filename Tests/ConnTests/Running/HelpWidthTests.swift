import TestSupport
import Testing

/// Help is laid out for the columns in `COLUMNS`, within limits.
@Suite struct HelpWidthTests {
  private func width(_ columns: String) async throws -> Int {
    let result = try await Program.run(
      "export CONN_PROCESS=1; COLUMNS='\(columns)' conn run --help")
    #expect(result.exitCode == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(\.count).max() ?? 0
  }

  @Test(arguments: ["-5", "0", "1", "39", "x", "", "99999999999999999999"])
  func ignoresWhatIsNoWidth(_ columns: String) async throws {
    expectEqual(try await width(columns), try await width("80"))
  }

  @Test(arguments: ["1001", "1000000000", "9223372036854775807"])
  func believesUpToAThousand(_ columns: String) async throws {
    expectEqual(try await width(columns), try await width("1000"))
  }

  @Test func everyCommandHasHelpForFortyColumns() async throws {
    let commands = [
      "", "run", "eval", "repl", "plan", "show", "apply", "runs", "resume", "undo", "check", "fmt",
      "explain", "profile", "simulate",
    ]
    for command in commands {
      let result = try await Program.run(
        "export CONN_PROCESS=1; COLUMNS=40 conn \(command) --help")
      #expect(result.exitCode == 0, "\(command): \(result.errors)")
    }
  }
}
