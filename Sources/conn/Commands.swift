import ArgumentParser
import ConnectionsClient
import Engine
import Language

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script.")

  @Argument(help: "The script; - for stdin.") var file: String
  @Argument(help: "Values of the script's parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  func run() async throws {
    try await ScriptRunner(options).run(.file(file), arguments: arguments)
  }
}

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Run one line.")

  @Argument(help: "The pipeline.") var pipeline: String
  @Argument(help: "Values of parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  func run() async throws {
    try await ScriptRunner(options).run(.line(pipeline), arguments: arguments)
  }
}

struct REPLCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Read and run lines from a prompt.")

  @OptionGroup var options: RunOptions

  func run() async throws { try await Prompt(options).run() }
}

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say every diagnostic of scripts; send nothing.")

  @Argument(help: "The scripts; - for stdin.") var files: [String]
  @Flag(help: "Diagnostics as JSON on stdout, one object a line.") var json = false

  func run() throws {
    var failed = false
    for file in files {
      let input = try ScriptRunner.input(.file(file), arguments: nil)
      let scope = Scope(files: FileSchemas.reader)
      let analysis = Analysis(input, vocabulary: .standard, scope: scope)
      show(analysis)
      if analysis.script == nil { failed = true }
    }
    if failed { throw CommandFailure(exitCode: .usage) }
  }

  private func show(_ analysis: Analysis) {
    guard json else { return DiagnosticPrinter(isOff: false).show(analysis) }
    for diagnostic in analysis.diagnostics {
      StandardOutput.shared.data(diagnostic.json(analysis.sources).text + "\n")
    }
  }
}

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a script asks of the server, what is decided here and why; send nothing.")

  @Argument(help: "The script; - for stdin.") var file: String?
  @Argument(help: "Values of the script's parameters: name=value.") var arguments: [String] = []
  @Option(help: ArgumentHelp("A line instead of a file.", valueName: "pipeline")) var eval: String?
  @Option(help: ArgumentHelp("What now() is.", valueName: "timestamp")) var now: String?

  func validate() throws {
    if let now, Timestamp(iso8601: now) == nil { throw ValidationError(RunOptions.badInstant) }
    if (file == nil) == (eval == nil) { throw ValidationError("name a file, or give --eval") }
  }

  func run() throws {
    let text = eval.map(ScriptRunner.Text.line) ?? .file(file ?? "-")
    let input = try ScriptRunner.input(text, arguments: arguments)
    let scope = Scope(files: FileSchemas.reader)
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    DiagnosticPrinter(isOff: false).show(analysis)
    guard let script = analysis.script else { throw CommandFailure(exitCode: .usage) }
    let environment = Environment(now: Clock.instant(now), process: ProcessEnvironment.read())
    let explanation = Explanation(script, environment, sources: analysis.sources)
    StandardOutput.shared.data(explanation.text)
  }

}

extension Diagnostic {
  /// One object: severity, code, message, file, line and column from 1, length, label, help, fix.
  func json(_ sources: SourceMap) -> JSON {
    let file = sources.file(of: span)
    let position = file?.position(of: span.start)
    let replacement = fix.map { fix in
      JSON.object(
        JSON.Object([
          ("start", .int(Int64(fix.span.start - (file?.base ?? 0)))),
          ("end", .int(Int64(fix.span.end - (file?.base ?? 0)))),
          ("replacement", .string(fix.replacement)),
        ]))
    }
    return .object(
      JSON.Object([
        ("severity", .string(severity.rawValue)), ("code", .string(code)),
        ("message", .string(message)), ("file", file.map { .string($0.name) } ?? .null),
        ("line", .int(Int64(position?.line ?? 0))),
        ("column", .int(Int64(position?.column ?? 0))),
        ("length", .int(Int64(sources.text(span).unicodeScalars.count))),
        ("label", .string(label)), ("help", .array(help.map(JSON.string))),
        ("fix", replacement ?? .null),
      ]))
  }
}
