import ArgumentParser
import Evaluation
import Language

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Print scripts in the canonical format.",
    discussion: "With --check, conn exits with 2 if a script is not in the canonical format.")

  @Argument(help: "The scripts to format; - for stdin.") var files: [String]
  @Flag(help: "Only list the scripts that are not in the canonical format.") var check = false
  @Flag(help: "Rewrite the files in place.") var write = false

  func validate() throws {
    if check, write { throw ValidationError("--check and --write can't be combined") }
    if write, files.contains("-") { throw ValidationError("stdin can't be rewritten in place") }
  }

  func run() throws {
    var failed = false
    for file in files where !ScriptFiles.succeeds({ try format(file) }) { failed = true }
    if failed { throw CommandFailure(exitCode: .usage) }
  }

  /// Formats one script. Returns `false` if it has errors, or fails `--check`.
  private func format(_ file: String) throws -> Bool {
    let input = try ScriptRunner.input(.file(file), arguments: nil)
    var sources = SourceMap()
    let source = sources.add(name: input.name, bytes: input.bytes)
    switch Formatter.format(source, vocabulary: .standard) {
    case .problems(let problems, let hidden):
      sources.hide(hidden)
      DiagnosticPrinter(isColorDisabled: false).show(problems, sources)
      return false
    case .text(let text): return try deliver(text, file, isChanged: Array(text.utf8) != input.bytes)
    }
  }

  private func deliver(_ text: String, _ file: String, isChanged: Bool) throws -> Bool {
    if check {
      if isChanged { StandardOutput.shared.data(file + "\n") }
      return !isChanged
    }
    if !write {
      StandardOutput.shared.data(text)
    } else if isChanged {
      try ScriptFiles.replace(file, with: Array(text.utf8))
    }
    return true
  }
}
