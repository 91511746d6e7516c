import ArgumentParser
import Evaluation
import Execution
import Inspection
import Language
import Planning
import Simulator

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: """
      Show what a script asks of the server, what conn decides itself, and why; sends nothing.
      """,
    discussion: "Given a diagnostic code, such as C0103, conn explains that diagnostic instead.")

  @Argument(help: "The script (- for stdin), or a diagnostic code.") var file: String?
  @Argument(help: "Values of the script's parameters: name=value.") var arguments: [String] = []
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

  func run() async throws {
    if eval == nil, let file, DiagnosticArticle.isCode(file) {
      if let article = DiagnosticArticle.named(file) {
        return StandardOutput.shared.data(article.text)
      }
      if !SystemDisk().exists(file) { throw Self.unknownCode(file.uppercased()) }
    }
    let text = eval.map(ScriptRunner.Text.line) ?? .file(file ?? "-")
    // With --eval there is no file: the first word is an argument like the others.
    let given = (eval == nil ? [] : [file].compactMap { $0 }) + arguments
    let input = try ScriptRunner.input(text, arguments: given)
    let scope = try SurroundingFiles.scope(snapshot: workspace.snapshot)
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    DiagnosticPrinter(isColorDisabled: false).show(analysis)
    guard let script = analysis.script else { throw CommandFailure(exitCode: .usage) }
    let environment = Environment(now: Clock.instant(now), process: ProcessEnvironment.read())
    let explanation = Explanation(script, environment, sources: analysis.sources)
    StandardOutput.shared.data(explanation.text)
    if verify { try await compare(script, environment, analysis.sources) }
  }

  /// Reports an unknown diagnostic code, and returns the failure to throw.
  private static func unknownCode(_ code: String) -> CommandFailure {
    StandardOutput.shared.talk(
      "error: unknown diagnostic code \(code); grammar/reference.md lists the codes")
    return CommandFailure(exitCode: .usage)
  }

  private func compare(_ script: CheckedScript, _ environment: Environment, _ sources: SourceMap)
    async throws
  {
    let options = try readOnly
    let choice = try workspace.choice(environment.process)
    choice.notes.forEach(StandardOutput.shared.talk)
    do throws(RunError) {
      let access = try await WorkspaceSession.open(
        options, choice, environment.process, for: script)
      var proof = PushdownVerifier(
        script, environment, sources: sources, output: StandardOutput.shared)
      let error = await proof.failure(access.reader)
      await access.close()
      StandardOutput.shared.data(proof.text)
      if let error { throw error }
    } catch {
      ErrorPrinter(sources: sources, isColorDisabled: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
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
