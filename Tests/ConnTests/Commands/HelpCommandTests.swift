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
    ("conn help show", "show [as "), ("conn help update", "update field = expression"),
    ("conn help dates", "Dates and durations\n"), ("conn help C0311", "C0311: "),
    ("conn help language", "A pipeline is a source and stages"),
    ("conn help scripts/maintenance/find-broken.conn", "Shows connections that don't work"),
  ])
  func showsTheTopic(_ line: String, _ start: String) async throws {
    let result = try await run(line)
    #expect(result.exitCode == 0)
    #expect(result.output.hasPrefix(start), "\(result.output)\(result.errors)")
    #expect(!result.output.contains(":help"))
  }

  @Test func aScriptHasHelp() async throws {
    for line in [
      "conn run scripts/maintenance/disconnect-tagged.conn --help",
      "conn run scripts/maintenance/disconnect-tagged.conn tag=x -h",
    ] {
      let result = try await run(line)
      #expect(result.exitCode == 0)
      expectText(
        result.output,
        """
        Disconnects every connection with a tag, even if recipes use it, and prints each outcome.
          conn run disconnect-tagged.conn tag=tag-legacy --preview

        Parameters, set with name=value
          tag   string  "tag-legacy"  handle of the tag
          most  int     20            maximum number of connections to change

        Effect
          line 7  destructive  rows: ≤ 20

        `conn run --help` lists the options of a run.

        """)
    }
  }

  @Test func aParameterIsNoOption() async throws {
    let script = "scripts/maintenance/disconnect-tagged.conn"
    for option in ["--tag x", "--tag=x"] {
      let result = try await run("conn run \(script) \(option)")
      #expect(result.exitCode == 2)
      #expect(
        result.errors == """
          error: `--tag` is a parameter of the script, not an option
             = help: write `tag=…` after the script

          """)
    }
    #expect(try await run("conn run \(script) --tga x").errors.contains("Unknown option '--tga'"))
  }

  /// The comment at its head is there, whatever follows.
  @Test func aScriptWithErrorsHasItsHeader() async throws {
    let result = try await run(
      """
      cd "$(mktemp -d)"
      printf '# Counts.\\nparam a: int\\nlist | cuont\\n' > bad.conn; conn run bad.conn --help
      """)
    #expect(result.exitCode == 2)
    #expect(result.output == "Counts.\n")
    #expect(result.errors.contains("unknown stage `cuont`"))
    #expect(result.errors.contains("the script has errors, so its parameters"))
  }

  @Test func runAndItsScriptDiffer() async throws {
    #expect(try await run("conn run --help").output.contains("USAGE: conn run"))
    let result = try await run("conn explain scripts/maintenance/disconnect-tagged.conn")
    #expect(result.output.contains("  tag   string  \"tag-legacy\"  handle of the tag\n"))
  }

  /// Three examples and where to go next; each command has an example.
  @Test func helpHasExamples() async throws {
    let help = try await run("conn --help").output
    #expect(help.contains("Examples:\n  conn --simulator\n  conn eval"))
    #expect(help.contains("Next: conn help language"))
    for command in [
      "apply", "check", "eval", "explain", "fmt", "help", "lsp", "plan", "profile", "repl",
      "resume",
      "run", "runs", "show", "simulate", "undo",
    ] {
      let help = try await run("conn \(command) --help").output
      #expect(help.contains("Example: conn \(command)"), "\(command)")
    }
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
