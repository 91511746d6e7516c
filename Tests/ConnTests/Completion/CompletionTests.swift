import Foundation
import TestSupport
import Testing

@testable import conn

/// `conn complete`: what a word of a command line may become.
@Suite struct CompletionTests {
  /// Returns the lines for the words, which are written as in a shell.
  private func complete(_ words: String, before: String = "") async throws -> [String] {
    let result = try await Program.run("\(before)conn complete -- \(words)")
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
    return result.output.split(separator: "\n").map(String.init)
  }

  private func texts(_ words: String, before: String = "") async throws -> [String] {
    try await complete(words, before: before).map { String($0.prefix { $0 != "\t" }) }
  }

  /// A new value must say what completes it.
  @Test func everyNameOfAValueIsInTheTable() {
    let commands = Conn.syntax.shownSubcommands
    let arguments = (commands + commands.flatMap(\.shownSubcommands)).flatMap(\.arguments)
      .filter { $0.kind != .flag && $0.values.isEmpty }
    #expect(arguments.count > 50)
    #expect(arguments.map(\.valueName).filter { ValueSubject.table[$0] == nil } == [])
  }

  @Test func commandsAreThoseThatHelpLists() async throws {
    #expect(try await texts("''") == Conn.commandNames)
    #expect(try await complete("ev") == ["eval\tRun one line of the language."])
    #expect(try await texts("profile ''") == ["list", "show", "test"])
    #expect(try await texts("nonsense ''") == [])
    #expect(try await texts("--simulator ''").first == "--profile")
  }

  @Test(arguments: [
    ("run --pro", ["--profile"]),
    ("run x.conn --max", ["--max-writes", "--max-percent", "--max-failures"]),
    ("runs ''", ["--failed", "--output", "--version", "--help"]),
    ("--sim", ["--simulator", "--simulator-data"]),
    ("run --dry-run --d", ["--deadline"]), ("resume --settle 36=done --s", ["--settle"]),
    ("run -- --pro", []), ("show --nonsense --a", ["--all"]),
  ])
  func optionsAreOfferedOnce(_ words: String, _ expected: [String]) async throws {
    #expect(try await texts(words) == expected)
  }

  @Test(arguments: [
    ("run --output ''", ["table", "json", "jsonl", "csv", "ids", "markdown"]),
    ("--output=j", ["--output=json", "--output=jsonl"]), ("eval --on-error s", ["stop"]),
    ("run --calls ''", ["http", "curl", "json"]), ("run --max-writes ''", []),
    ("eval --host https://app.eu", ["https://app.eu.workato.com"]),
    ("eval --token-from ''", ["env:", "file:", "cmd:"]),
    ("eval --token-from env:CONN_T", ["env:CONN_TOKEN_A", "env:CONN_TOKEN_B"]),
    ("eval --token-from file:READ", ["file:README.md"]),
    ("explain C0304", ["C0304"]), ("help exit\\ cod", ["exit codes"]), ("help und", ["undo"]),
  ])
  func valuesAreOffered(_ words: String, _ expected: [String]) async throws {
    expectEqual(
      try await texts(words, before: "export CONN_TOKEN_A=1 CONN_TOKEN_B=2; "), expected)
  }

  @Test func profilesAreOffered() async throws {
    let install =
      "export XDG_CONFIG_HOME=$(mktemp -d); mkdir $XDG_CONFIG_HOME/conn; "
      + "install -m 600 grammar/examples/valid/config.conn $XDG_CONFIG_HOME/conn; "
    let expected = ["eu-prod\thttps://app.eu.workato.com", "sandbox\thttp://localhost:8080"]
    for words in ["run --profile ''", "profile show ''", "profile test ''"] {
      #expect(try await complete(words, before: install) == expected)
    }
  }

  @Test func parametersOfAScriptAreOffered() async throws {
    let script = "scripts/maintenance/disconnect-tagged.conn"
    let tag = "tag=\tstring = \"tag-legacy\"  handle of the tag"
    let most = "most=\tint = 20  maximum number of connections to change"
    for command in ["run", "plan", "explain"] {
      #expect(try await complete("\(command) \(script) ''") == [tag, most])
    }
    #expect(try await complete("run \(script) most=1 ''") == [tag])
    #expect(try await complete("run \(script) --preview tag=") == ["tag=tag-legacy\tdefault"])
    #expect(try await complete("run \(script) tga=") == [])
    #expect(
      try await complete("eval 'param all: bool = true; print $all' all=")
        == ["all=true\tdefault", "all=false\t"])
    #expect(
      try await complete("plan --eval 'param old: duration = 90d; print $old' old=")
        == ["old=90d\tdefault"])
  }

  /// A parameter that names a file of rows is completed with files.
  @Test func filesOfRowsAreOffered() async throws {
    let make = "cd $(mktemp -d); touch a.csv b.json; mkdir sub; "
    let script = "param file: string; param tag: string; from $file as csv; print $tag"
    #expect(
      try await texts("eval '\(script)' file=", before: make)
        == ["file=a.csv", "file=b.json", "file=sub/"])
    #expect(try await texts("eval '\(script)' tag=x file=a", before: make) == ["file=a.csv"])
    #expect(try await texts("eval '\(script)' tag=", before: make) == [])
  }

  /// A script that takes long to check isn't checked.
  @Test func aHugeScriptOffersNothing() async throws {
    let make = "cd $(mktemp -d); (echo 'param a: int'; yes '# x' | head -70000) > huge.conn; "
    #expect(try await complete("run huge.conn ''", before: make) == [])
  }

  /// Nothing is offered, and nothing is printed, if the script can't be read.
  @Test(arguments: [
    "lisst |", "param a: int = \\n", "use \"nothing.conn\"", "\\377", "param a: int\\nparam a: int",
  ])
  func aScriptWithErrorsOffersNothing(_ text: String) async throws {
    let make = "cd $(mktemp -d); printf '\(text)' > bad.conn; mkfifo pipe.conn; "
    #expect(try await complete("run bad.conn ''", before: make) == [])
    #expect(try await complete("run pipe.conn ''", before: make) == [])
    #expect(try await complete("run missing.conn ''", before: make) == [])
    #expect(try await complete("run - ''", before: make) == [])
  }

  /// A default that is a credential isn't shown: other users may look at the screen.
  @Test func credentialsAreNotOffered() async throws {
    let script = "param password: string = \"hunter2-hunter2\"; print $password"
    let lines = try await complete("eval '\(script)' password=")
    #expect(!lines.joined().contains("hunter2"))
    let names = try await complete("eval '\(script)' ''")
    #expect(!names.joined().contains("hunter2"))
    #expect(names.count == 1)
  }

  @Test func scriptsAndPlansAreOffered() async throws {
    let make = """
      cd $(mktemp -d); mkdir -p 'sub dir'; touch a.conn b.txt .hidden.conn $'e\\e[31m.conn' $'n\\n.conn'
      mkfifo f.plan; printf '{"assumptions":[]' > good.plan; printf x > bad.plan

      """
    #expect(try await texts("run ''", before: make) == ["a.conn", "sub dir/"])
    #expect(try await texts("run ./", before: make) == ["./a.conn", "./sub dir/"])
    #expect(try await texts("check a.conn ''", before: make) == ["a.conn", "sub dir/"])
    #expect(try await texts("apply ''", before: make) == ["good.plan", "sub dir/"])
    #expect(try await texts("plan a.conn --out ''", before: make) == ["good.plan", "sub dir/"])
    #expect(try await texts("run --events b.", before: make) == ["b.txt"])
  }

  @Test func runsAreOfferedWithAgeAndSummary() async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      """
      \(WriteFixture.run) > /dev/null 2>&1
      mkdir state/conn/runs/20200131T100000Z-0001; ls -r state/conn/runs
      conn complete -- undo ''; conn complete -- runs --failed 2020
      """)
    let lines = result.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 6)
    #expect(lines[2] == "last\tthe latest run")
    #expect(lines[3].hasPrefix(lines[0] + "\tjust now, script.conn: Done: "), "\(lines[3])")
    #expect(lines[4].hasPrefix("20200131T100000Z-0001\t"))
    #expect(lines[4].hasSuffix(" days ago, unreadable"))
    #expect(lines[5] == lines[4])
    try await fixture.close()
  }

  /// A Tab in a new home leaves no files, and no command of a profile or script is run.
  @Test func nothingIsCreatedOrRun() async throws {
    let result = try await Program.run(
      """
      cd $(mktemp -d); export XDG_STATE_HOME=$PWD/state XDG_CONFIG_HOME=$PWD/config HOME=$PWD
      conn complete -- undo ''; conn complete -- run --profile ''; find .
      install -d config/conn
      printf 'profile "a" { region = "eu"; token = secret("cmd:touch hit") }' > config/conn/config.conn
      printf 'param x: secret = secret("cmd:touch hit")\nget 36 | update input = { a: $x }' > s.conn
      conn complete -- run --profile ''; conn complete -- run s.conn ''; ls
      """)
    expectText(
      result.output,
      """
      .
      a\thttps://app.eu.workato.com
      x=\tsecret = secret("cmd:touch hit")
      config
      s.conn

      """)
    #expect(result.errors == "")
  }
}
