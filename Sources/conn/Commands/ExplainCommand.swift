import ArgumentParser
import Evaluation
import Execution
import Inspection
import Language
import Planning
import Simulator
import Text

struct ExplainCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: """
      Show what a script asks of the server, what conn decides itself, and why; sends nothing.
      """,
    discussion: """
      Given a diagnostic code, such as C0103, conn explains that diagnostic instead.

      Example: conn explain cleanup.conn
      """
  ).belowConn

  @Argument(
    help: ArgumentHelp(
      "The script (- for stdin), or a diagnostic code.", valueName: "script-or-code"))
  var file: String?
  @Argument(
    help: ArgumentHelp("Values of the script's parameters.", valueName: "name=value"))
  var arguments: [String] = []
  @Option(help: ArgumentHelp("Explain this line instead of a file.", valueName: "pipeline"))
  var eval: String?
  @Flag(help: "Also send the GETs, with and without server filters, and compare the rows.")
  var verify = false
  @Option(help: ArgumentHelp("Value of now() (default: the current time).", valueName: "timestamp"))
  var now: String?
  @OptionGroup var workspace: WorkspaceOptions

  func validate() throws {
    if let now, Timestamp(iso8601: now) == nil {
      throw ValidationError(SelectionOptions.badInstant)
    }
    if file == nil, eval == nil { throw ValidationError("name a file, or use --eval") }
  }

  func run(on host: Host) async throws {
    if eval == nil, let file, DiagnosticArticle.isCode(file) {
      if let article = DiagnosticArticle.named(file) {
        return host.output.data(article.text)
      }
      if !host.disk.exists(file) { throw Self.unknownCode(file.uppercased()) }
    }
    let text = eval.map(ScriptRunner.Text.line) ?? .file(file ?? "-")
    // --eval takes the place of the file, so the first word is an argument too.
    let given = (eval == nil ? [] : [file].compactMap { $0 }) + arguments
    let input = try host.script(text, arguments: given)
    let scope = try ScriptFileAccess(host: host).scope(snapshot: workspace.snapshot)
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    DiagnosticPrinter(host: host).show(analysis)
    guard let script = analysis.script else { throw ReportedFailure(exitCode: .usage) }
    var environment = host.values(now: host.clock.instant(now))
    environment.withheld.withhold(script.secretReferences, from: host.environment)
    let explanation = Explanation(script, environment, sources: analysis.sources)
    host.output.data(explanation.text.withWrappedLines(to: host.width))
    if verify { try await compare(script, environment, analysis.sources, host) }
  }

  private static func unknownCode(_ code: String) -> RunError {
    RunError(.usage, "unknown diagnostic code \(code); grammar/reference.md lists the codes")
  }

  private func compare(
    _ script: CheckedScript, _ environment: Environment, _ sources: SourceMap, _ host: Host
  ) async throws {
    let options = try readOnly
    let choice = try workspace.choice(host)
    choice.notes.forEach(host.output.talk)
    do throws(RunError) {
      let access = try await WorkspaceSession.open(options, choice, host, for: script)
      var proof = PushdownVerifier(
        script, environment, sources: sources, output: host.output)
      let error = await proof.failure(access.reader)
      await access.close()
      host.output.data(proof.text)
      if let error { throw error }
    } catch {
      throw LocatedError(error: error, sources: sources)
    }
  }

  /// Options under which only GETs can be sent.
  private var readOnly: RunOptions {
    get throws {
      var options = try RunOptions.parse(["--preview"])
      options.workspace = workspace
      return options
    }
  }
}
