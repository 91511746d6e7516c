import Foundation
import Simulator
import TestSupport
import Testing

@testable import conn

/// Tokens and secrets reach neither scripts nor the programs that `conn` starts.
@Suite(.ownThread) struct WithholdingTests {
  private let home: URL

  init() throws {
    home = try Program.makeScratch()
    let file = home.appending(path: "conn/config.conn")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let token = home.appending(path: "token")
    try "wrk-of-file".write(to: token, atomically: true, encoding: .utf8)
    try """
    profile "eu" { region = "eu"; token = secret("env:EU_TOKEN") }
    profile "us" { region = "us"; token = secret("cmd:touch \(home.path)/ran") }
    profile "jp" { region = "jp"; token = secret("file:\(token.path)") }
    """.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  private var variables: [String: String] {
    [
      "XDG_CONFIG_HOME": home.path, "WORKATO_API_TOKEN": "wrk-of-environment",
      "EU_TOKEN": "wrk-of-europe", "COPY_OF_EU": "Bearer wrk-of-europe", "OWN": "wrk-of-option",
      "COPY_OF_FILE": "wrk-of-file", "S": "jira-secret", "COPY_OF_S": "x=jira-secret",
      "SHORT": "ab",
      "PLAIN": "ab and more", "OUT": home.path + "/out",
    ]
  }

  private func run(_ line: String) async throws -> Program.Result {
    try await Program.run(line, environment: variables)
  }

  /// By name and by value; `PLAIN` holds a short text by chance.
  @Test(arguments: [
    ("WORKATO_API_TOKEN", true), ("EU_TOKEN", true), ("COPY_OF_EU", true), ("COPY_OF_FILE", true),
    ("PLAIN", false), ("S", false),
  ])
  func scriptsReadNoToken(_ name: String, _ isRefused: Bool) async throws {
    for (script, sends) in [
      ("print env(\"\(name)\")", false),
      ("list | sort by id | first 1 | update input = {a: secret(\"env:\(name)\")}", true),
    ] {
      let line = "conn eval --simulator --yes --max-writes 1 '\(script)'"
      let result = try await run(line)
      #expect(result.exitCode == (isRefused ? 2 : 0), "\(result.errors)")
      #expect(result.errors.contains("holds an API token") == isRefused)
      #expect(!(result.output + result.errors).contains("wrk-of"))
      if sends, !isRefused { #expect(result.errors.contains("Done: 1 of 1 updated")) }
    }
    #expect(!FileManager.default.fileExists(atPath: home.path + "/ran"))
  }

  /// Without a token there is nothing to send; what `--token-from` names counts.
  @Test func theOptionsVariableCounts() async throws {
    let result = try await run("conn eval --dry-run --token-from env:OWN 'print env(\"OWN\")'")
    #expect(result.exitCode == 2 && result.errors.contains("`OWN` holds an API token"))
    expectEqual(try await run("conn eval --dry-run 'print env(\"OWN\")'").exitCode, 0)
  }

  @Test func plainTextIsNoSecretOfTheScript() async throws {
    let update = "list | sort by id | first 1 | update input = {a: secret(\"env:S\")}"
    for (name, code) in [("COPY_OF_S", Int32(2)), ("PLAIN", 0)] {
      let result = try await run(
        "conn eval --simulator --yes --max-writes 1 'print env(\"\(name)\"); \(update)'")
      #expect(result.exitCode == code, "\(result.errors)")
    }
    let prompt = try await run(
      "printf '%s\\n' '\(update)' 'print env(\"COPY_OF_S\")' | conn repl --simulator --yes --max-writes 1"
    )
    #expect(prompt.errors.contains("`COPY_OF_S` holds a secret"), "\(prompt.errors)")
    #expect(!prompt.output.contains("x=jira"))
  }

  /// A token that another place yields isn't sent as a secret either.
  @Test func theTokenIsNoSecret() async throws {
    let server = try await SimulatedServer.start(options: SimulatorOptions())
    let script = "get 36 | update input = {a: secret(\"cmd:echo \(server.token)\")}"
    let result = try await Program.run(
      "conn eval --host \(server.url) --token-from env:OWN --yes '\(script)'",
      environment: variables.merging(["OWN": server.token]) { $1 })
    #expect(result.exitCode == 2 && result.errors.contains("holds an API token"))
    expectEqual(await server.requests().map(\.method), ["GET"])
    try await server.stop()
  }

  // MARK: Children

  private static let withheld = [
    "WORKATO_API_TOKEN", "EU_TOKEN", "COPY_OF_EU", "COPY_OF_FILE", "S", "COPY_OF_S",
  ]

  @Test func commandsInheritWhatTheyNeed() async throws {
    let script =
      "list | sort by id | first 1 | update input = "
      + "{a: secret(\"env:S\"), b: secret(\"cmd:sh -c '\\''env > $OUT; echo x'\\''\")}"
    let result = try await run("conn eval --simulator --yes --max-writes 1 '\(script)'")
    #expect(result.exitCode == 0, "\(result.errors)")
    let seen = try String(contentsOfFile: home.path + "/out", encoding: .utf8)
    let names = Set(seen.split(separator: "\n").map { String($0.prefix { $0 != "=" }) })
    #expect(
      names.isDisjoint(with: Self.withheld) && names.isSuperset(of: ["PLAIN", "OWN", "PATH"]))
    #expect(!seen.contains("wrk-of-europe") && !seen.contains("jira-secret"))
  }

  @Test func editorAndPagerOfThePromptInheritWhatTheyNeed() throws {
    let show = "env > $OUT; true"
    let prompt = try PromptHarness(
      ["repl", "--simulator"], variables.merging(["EDITOR": show, "PAGER": show]) { $1 }, rows: 20)
    prompt.enter("print \"x\"", expecting: "\nx")
    for line in [":edit", "list | select id"] {
      prompt.type(line + "\r")
      let seen = try contents(of: home.path + "/out")
      #expect(!seen.contains("wrk-of-e") && !seen.contains("wrk-of-f"), "\(line)")
      try FileManager.default.removeItem(atPath: home.path + "/out")
      // The edited text is offered; a Ctrl-C before that could reach the next line.
      if line == ":edit" { #expect(prompt.terminal.waitToSee { $0.line.hasSuffix("print \"x\"") }) }
      prompt.interrupt()
    }
  }

  /// Waits until a program has written its variables.
  private func contents(of path: String) throws -> String {
    for _ in 0..<1000 {
      if let text = try? String(contentsOfFile: path, encoding: .utf8), text.contains("PLAIN=") {
        return text
      }
      usleep(10_000)
    }
    throw CocoaError(.fileNoSuchFile)
  }

  @Test func commandsHaveATimeLimit() async throws {
    await #expect(throws: ChildProcess.Failure.tooLong) {
      try await ChildProcess.result(
        of: ["sleep", "1000"], environment: [:], in: "/", within: .milliseconds(20))
    }
    #expect(ChildProcess.timeLimit == .seconds(30))
    #expect(ChildProcess.Failure.tooLong.description == "took longer than 30 s and was stopped")
  }

  @Test func commandsThatFailSayWhy() async throws {
    await #expect(throws: ChildProcess.Failure.notStarted) {
      try await ChildProcess.result(of: ["/nowhere"], environment: [:], in: "/")
    }
    await #expect(throws: ChildProcess.Failure.tooMuch) {
      try await ChildProcess.result(of: ["yes"], environment: [:], in: "/")
    }
  }
}
