import ArgumentParser
import Evaluation
import Language

struct FormatCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Print scripts in the canonical format.",
    discussion: """
      With --check, conn exits with 2 if a script is not in the canonical format.

      Example: conn fmt --write cleanup.conn
      """
  ).belowConn

  @Argument(help: ArgumentHelp("The scripts to format; - for stdin.", valueName: "script"))
  var files: [String]
  @Flag(help: "Only list the scripts that are not in the canonical format.") var check = false
  @Flag(help: "Rewrite the files in place.") var write = false

  func validate() throws {
    if check, write { throw ValidationError("--check and --write can't be combined") }
    if write, files.contains("-") { throw ValidationError("stdin can't be rewritten in place") }
  }

  func run(on host: Host) async throws {
    try ScriptFiles(host: host).each(files) { file in try format(file, host) }
  }

  /// Formats one script. Returns `false` if it has errors, or fails `--check`.
  private func format(_ file: String, _ host: Host) throws -> Bool {
    let input = try host.script(.file(file))
    var sources = SourceMap()
    let source = sources.add(name: input.name, bytes: input.bytes)
    switch Formatter.format(source, vocabulary: .standard) {
    case .problems(let problems, let hidden):
      sources.hide(hidden)
      DiagnosticPrinter(host: host).show(problems, sources)
      return false
    case .text(let text):
      return try deliver(text, file, isChanged: Array(text.utf8) != input.bytes, host)
    }
  }

  private func deliver(_ text: String, _ file: String, isChanged: Bool, _ host: Host) throws -> Bool
  {
    if check {
      if isChanged { host.output.data(file + "\n") }
      return !isChanged
    }
    if !write {
      host.output.data(text)
    } else if isChanged {
      try ScriptFiles(host: host).replace(file, with: Array(text.utf8))
    }
    return true
  }
}
