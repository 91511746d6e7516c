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
    abstract: "Say what a script asks of the server, what is decided here and why; send nothing.",
    discussion: "With the code of a diagnostic, such as C0103, its long form.")

  @Argument(help: "The script, - for stdin, or the code of a diagnostic.") var file: String?
  @Argument(help: "Values of the script's parameters: name=value.") var arguments: [String] = []
  @Option(help: ArgumentHelp("A line instead of a file.", valueName: "pipeline")) var eval: String?
  @Flag(
    help: "Also send the GETs, with and without the filters of the server, and compare the rows.")
  var verify = false
  @Option(help: ArgumentHelp("What now() is.", valueName: "timestamp")) var now: String?
  @OptionGroup var workspace: WorkspaceOptions

  func validate() throws {
    if let now, Timestamp(iso8601: now) == nil {
      throw ValidationError(SelectionOptions.badInstant)
    }
    if file == nil, eval == nil { throw ValidationError("name a file, or give --eval") }
  }

  func run() async throws {
    if eval == nil, let file, DiagnosticArticle.isCode(file) {
      if let article = DiagnosticArticle.named(file) {
        return StandardOutput.shared.data(article.text)
      }
      if !SystemDisk().exists(file) { throw Self.unknownCode(file.uppercased()) }
    }
    let text = eval.map(ScriptRunner.Text.line) ?? .file(file ?? "-")
    // Behind --eval the first word is an argument like the others.
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

  /// What the program ends with where there is no such diagnostic; that has been said.
  private static func unknownCode(_ code: String) -> CommandFailure {
    StandardOutput.shared.talk(
      "error: there is no diagnostic \(code); the codes are listed in grammar/reference.md")
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

  /// Nothing but GETs can be sent.
  private var readOnly: RunOptions {
    get throws {
      var options = try RunOptions.parse(["--preview"])
      options.workspace = workspace
      return options
    }
  }
}
