import Foundation
import TestSupport
import Testing

/// Completion in real shells: the files in `completions`, loaded as their users load them. Each test
/// types at a shell on a terminal. A function called `conn` shows the arguments that it is given, so a
/// completed line is checked by what the shell makes of it.
@Suite(.ownThread) struct ShellCompletionTests {
  enum Shell: String, CaseIterable {
    case bash, zsh, fish

    /// The arguments under which it reads no file of the user.
    var arguments: [String] {
      switch self {
      case .bash: ["--norc", "--noprofile", "-i"]
      case .zsh: ["-f", "-i"]
      case .fish: ["--no-config", "--private", "-i"]
      }
    }

    /// The line that loads the completion and defines the function.
    func setup(_ files: String) -> String {
      switch self {
      case .bash: ". \(files)/conn.bash; conn() { printf '[%s]' \"$@\"; }"
      case .zsh:
        "fpath=(\(files) $fpath); autoload -Uz compinit; compinit -D -u; "
          + "conn() { printf '[%s]' \"$@\"; }"
      case .fish: "source \(files)/conn.fish; function conn; printf '[%s]' $argv; end"
      }
    }
  }

  /// A shell in a directory with scripts.
  private struct Session {
    let terminal: PseudoTerminal
    let directory: URL

    init(_ shell: Shell) throws {
      directory = try Program.makeScratch()
      for (name, text) in Session.scripts {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
      }
      let program = "/usr/bin/\(shell.rawValue)"
      try #require(
        FileManager.default.isExecutableFile(atPath: program), "scripts/setup --test installs it")
      terminal = try PseudoTerminal(
        shell.arguments,
        environment: Program.environment([
          "TERM": "xterm", "LC_ALL": "C.UTF-8", "HOME": directory.path,
          "XDG_STATE_HOME": directory.appending(path: "state").path,
          "XDG_CONFIG_HOME": directory.appending(path: "config").path,
        ]),
        program: program, columns: 120)
      let files = Golden.root.appending(path: "completions").path
      terminal.type("cd '\(directory.path)'; \(shell.setup(files)); conn ready\r")
      #expect(terminal.wait(for: "[ready]") != nil, "\(terminal.screen)")
    }

    private static let scripts = [
      "one.conn":
        "param tag: string = \"x\"  ## handle\nparam all: bool = false\nprint f\"{$tag}{$all}\"\n",
      "bad.conn": "lisst |\n", "sub dir/two three.conn": "print 2\n",
      "x$(touch hit);'\".conn": "print 3\n",
    ]

    /// Types keys and Return, and expects that `conn` is given these arguments.
    func expect(
      _ keys: String, _ arguments: [String], _ location: SourceLocation = #_sourceLocation
    ) {
      terminal.type(keys + "\r")
      let wanted = arguments.map { "[\($0)]" }.joined()
      #expect(
        terminal.wait(for: wanted, seconds: 15) != nil,
        "\(keys.debugDescription) is not \(wanted): \(terminal.screen.debugDescription)",
        sourceLocation: location)
    }

    func finish() throws {
      #expect(
        !FileManager.default.fileExists(atPath: directory.appending(path: "hit").path),
        "a file name was run as a command")
      terminal.type("exit\r")
      // The shell may still be writing there.
      try? FileManager.default.removeItem(at: directory)
    }
  }

  @Test(arguments: Shell.allCases)
  func wordsAreCompleted(_ shell: Shell) throws {
    let session = try Session(shell)
    session.expect("conn ev\t--prev\t--output jsonl\t", ["eval", "--preview", "--output", "jsonl"])
    session.expect("conn run on\ttag\ty al\tt\t", ["run", "one.conn", "tag=y", "all=true"])
    session.expect("conn run on\tall=f\ttag=\t", ["run", "one.conn", "all=false", "tag=x"])
    session.expect(
      "conn eval --host https://app.e\t--on-error s\t",
      ["eval", "--host", "https://app.eu.workato.com", "--on-error", "stop"])
    session.expect(
      "conn eval --token-from en\tXDG_ST\t", ["eval", "--token-from", "env:XDG_STATE_HOME"])
    try session.finish()
  }

  @Test(arguments: Shell.allCases)
  func fileNamesAreQuoted(_ shell: Shell) throws {
    let session = try Session(shell)
    let name = "sub dir/two three.conn"
    session.expect("conn fmt su\ttw\t", ["fmt", name])
    session.expect("conn fmt \"sub dir/tw\t", ["fmt", name])
    session.expect("conn fmt 'sub dir/tw\t", ["fmt", name])
    session.expect("conn fmt sub\\ dir/tw\t--check", ["fmt", name, "--check"])
    session.expect("conn fmt x\t", ["fmt", "x$(touch hit);'\".conn"])
    try session.finish()
  }

  /// Nothing is added, and no message disturbs the line.
  @Test(arguments: Shell.allCases)
  func aScriptWithErrorsOffersNothing(_ shell: Shell) throws {
    let session = try Session(shell)
    session.expect("conn run bad.conn ta\t", ["run", "bad.conn", "ta"])
    #expect(!session.terminal.screen.contains("error"))
    try session.finish()
  }

  /// A second Tab lists the candidates with their descriptions.
  @Test(arguments: [Shell.bash, .zsh])
  func candidatesAreListedWithDescriptions(_ shell: Shell) throws {
    let session = try Session(shell)
    session.terminal.type("conn run one.conn \t\t")
    #expect(session.terminal.wait(for: "tag=  string = \"x\"  handle") != nil)
    try session.finish()
  }

  /// fish prints what it would list.
  @Test func fishListsDescriptions() throws {
    let session = try Session(.fish)
    session.terminal.type("complete -C 'conn run one.conn '\r")
    #expect(session.terminal.wait(for: "tag=\tstring = \"x\"  handle") != nil)
    try session.finish()
  }
}
