import ArgumentParser
import Evaluation
import Language

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Print scripts in their canonical form.",
    discussion: "With --check, names the scripts that are not in it, and ends with 2.")

  @Argument(help: "The scripts; - for stdin.") var files: [String]
  @Flag(help: "Only say which scripts are not in the canonical form.") var check = false
  @Flag(help: "Write the scripts anew.") var write = false

  func validate() throws {
    if check, write { throw ValidationError("--check and --write exclude each other") }
    if write, files.contains("-") { throw ValidationError("stdin cannot be written anew") }
  }

  func run() throws {
    var failed = false
    for file in files where !ScriptFiles.succeeds({ try format(file) }) { failed = true }
    if failed { throw CommandFailure(exitCode: .usage) }
  }

  /// Returns `false` where the script has errors, or is not as `--check` wants it.
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
