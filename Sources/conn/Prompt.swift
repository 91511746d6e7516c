import ConnectionsClient
import Engine
import Glibc
import Language

/// The interactive prompt: one statement at a time, in one environment.
struct Prompt {
  private let options: RunOptions
  private let runner: ScriptRunner
  private let output = StandardOutput.shared

  init(_ options: RunOptions) throws {
    self.options = options
    self.runner = try ScriptRunner(options)
  }

  /// What lives from one statement to the next.
  private struct Session {
    var scope: Scope
    /// Every text so far: names of later ones may lead back to them.
    var sources = SourceMap()
    var interpreter: Interpreter
    let binding: WorkspaceAccess.Binding?
    let lines: LineReader
    let isInteractive: Bool
  }

  func run() async throws {
    let choice = try options.workspace.choice(runner.environment, noColor: options.talk.noColor)
    choice.notes.forEach(output.talk)
    let access: WorkspaceAccess
    do throws(RunError) {
      access = try await WorkspaceAccess.open(
        options, choice, runner.environment, events: runner.events)
    } catch {
      ErrorPrinter(sources: SourceMap(), isOff: options.talk.noColor).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
    var session = try session(access, choice.profile)
    if session.isInteractive {
      output.talk("conn \(Version.number); :help helps, Ctrl-D leaves")
      output.talk(session.interpreter.context.workspace)
    }
    await loop(&session)
    await access.close()
  }

  private func session(_ access: WorkspaceAccess, _ profile: WorkspaceProfile?) throws -> Session {
    let isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    if isInteractive { Interruption.enter(.prompting) }
    let context = runner.context(access, profile, SourceMap())
    let environment = Environment(now: runner.now, process: runner.environment)
    return Session(
      scope: try SurroundingFiles.scope(snapshot: options.workspace.snapshot),
      interpreter: Interpreter(context, environment), binding: access.binding,
      lines: LineReader(isInteractive: isInteractive, historyPath: StateDirectory.path("history")),
      isInteractive: isInteractive)
  }

  private func loop(_ session: inout Session) async {
    while !Interruption.isTermination, let text = statement(session.lines) {
      switch text.trimmed {
      case "": continue
      case ":quit", ":q", "exit", "quit": return
      case ":help": output.data(Self.help)
      default:
        await execute(text, &session)
        if !Self.isConfidential(text) { session.lines.remember(text) }
      }
    }
  }

  // MARK: Reading

  /// Returns a whole statement, or `nil` at the end of the input. An empty line ends what is open.
  private func statement(_ lines: LineReader) -> String? {
    var text = ""
    var prompt = "conn> "
    while true {
      switch lines.next(prompt) {
      case .end: return text.isEmpty ? nil : text
      case .abandoned:
        text = ""
        prompt = "conn> "
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        guard let open = Self.openConstruct(text), !line.trimmed.isEmpty else { return text }
        prompt = "   \(open.rawValue)> "
      }
    }
  }

  private static func openConstruct(_ text: String) -> OpenConstruct? {
    Parser.parse(SourceFile(name: "repl", text: text), vocabulary: .standard).open
  }

  /// A line that may hold a credential is not kept.
  private static func isConfidential(_ text: String) -> Bool {
    ["secret", "input", "oauth_token_pair"].contains { text.contains($0) }
      || !Parser.parse(SourceFile(name: "repl", text: text), vocabulary: .standard).confidential
        .isEmpty
  }

  // MARK: Running

  private func execute(_ text: String, _ session: inout Session) async {
    var input = Analysis.Input(name: "repl", bytes: Array(text.utf8), arguments: [])
    input.sources = session.sources
    input.isWhole = false
    let analysis = Analysis(input, vocabulary: .standard, scope: session.scope)
    DiagnosticPrinter(isOff: options.talk.noColor).show(analysis)
    session.sources = analysis.sources
    guard let script = analysis.script else { return }
    let before = session.interpreter
    session.interpreter.begin(
      analysis.sources,
      session.binding.map {
        runner.recorder(
          $0, "repl", input, analysis, standsAlone: Self.standsAlone(text, session.scope))
      })
    let error = await Self.interruptible(script, &session.interpreter)
    Interruption.reset()
    defer { if error != nil { session.interpreter = before } }
    if let error {
      ErrorPrinter(sources: analysis.sources, isOff: options.talk.noColor).show(error)
    } else {
      session.scope = analysis.scope
    }
    runner.conclude(&session.interpreter, after: error)
  }

  /// Runs the script; Ctrl-C cancels what is being read, and lets a write in flight end.
  private static func interruptible(_ script: CheckedScript, _ interpreter: inout Interpreter)
    async -> RunError?
  {
    let copy = interpreter
    let running = Task {
      var interpreter = copy
      let error = await interpreter.outcome(of: script)
      return (interpreter, error)
    }
    let watching = Task {
      while true {
        try await Task.sleep(for: .milliseconds(20))
        if Interruption.isRequested, Interruption.current != .writing { running.cancel() }
      }
    }
    defer { watching.cancel() }
    let result = await running.value
    interpreter = result.0
    return result.1
  }

  /// `true` iff the text means the same without the names of the session.
  private static func standsAlone(_ text: String, _ scope: Scope) -> Bool {
    let input = Analysis.Input(name: "repl", bytes: Array(text.utf8), arguments: [])
    let alone = Scope(files: scope.files, texts: scope.texts)
    return Analysis(input, vocabulary: .standard, scope: alone).script != nil
  }

  private static let help = """
    A pipeline starts with a source and passes its rows through stages:
      list where tags has "tag-legacy"
      list | where connected | select id, name | sort by name
      get 36 | update name = "ACME Salesforce"
    `it` stands for the rows of the last result; `let x = …` keeps rows or a value as $x.
    A write asks before it is sent. Stages:

    """
    + StageDefinition.table.map { stage in
      let name = stage.signature.name
      let blanks = String(repeating: " ", count: max(1, 12 - name.count))
      return "  \(name)\(blanks)\(stage.signature.summary)\n"
    }.joined() + "Ctrl-C abandons the line, Ctrl-D or :quit leaves.\n"
}

extension String {
  fileprivate var trimmed: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
