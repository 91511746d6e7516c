import TestSupport
import Testing

/// `conn help`: the pages of the prompt's `:help`, from anywhere.
@Suite struct HelpCommandTests {
  private func run(_ line: String) async throws -> Program.Result {
    try await Program.run(line, environment: [:])
  }

  @Test(arguments: [
    ("conn help", "Topics\n"), ("conn help where", "where predicate\n"),
    ("conn help group by", "group by field"), ("conn help GROUP BY", "group by field"),
    ("conn help operators", "Operators"), ("conn help exit codes", "Exit codes\n"),
    ("conn help exit 5", "exit 5\n  a guard or `expect` stopped the run\n"),
    ("conn help c0103", "C0103"), ("conn help undo", "OVERVIEW: "),
    ("conn help show", "show [as "),
  ])
  func showsTheTopic(_ line: String, _ start: String) async throws {
    let result = try await run(line)
    #expect(result.exitCode == 0)
    #expect(result.output.hasPrefix(start), "\(result.output)\(result.errors)")
    #expect(!result.output.contains(":help"))
  }

  /// A word of the language and a command: both are named.
  @Test func namesTheCommandToo() async throws {
    let result = try await run("conn help show")
    #expect(result.output.hasSuffix("`conn show --help` is the help of the command.\n"))
  }

  @Test(arguments: [
    ("gruop", "did you mean `group`? conn help lists the topics"),
    ("aply", "did you mean `apply`? conn help lists the topics"),
    ("$'x\\e[31m'", "conn help lists the topics"), ("''", ""),
  ])
  func unknownTopicNamesTheNearest(_ topic: String, _ help: String) async throws {
    let result = try await run("conn help \(topic)")
    guard !help.isEmpty else { return #expect(result.output.hasPrefix("Topics\n")) }
    #expect(result.exitCode == 2)
    #expect(result.errors.hasPrefix("error: no help on `"), "\(result.errors)")
    #expect(result.errors.hasSuffix("= help: \(help)\n"), "\(result.errors)")
    #expect(!result.errors.contains("\u{1B}"))
  }
}
