import Evaluation
import Inspection
import Language

/// Shows the help of a script: `conn run SCRIPT --help` and `conn help SCRIPT`.
struct ScriptHelp {
  let host: Host

  /// Returns the script whose help the arguments of `conn` ask for, if any. Without this, `--help`
  /// after a script would show the options of `conn run`.
  static func script(in arguments: [String]) -> String? {
    let given = arguments.prefix { $0 != "--" }
    guard given.first == "run", given.contains("--help") || given.contains("-h"), given.count > 1,
      !given[1].hasPrefix("-")
    else { return nil }
    return given[1]
  }

  /// Returns the error for a parameter of the script that is given like an option, as in `--tag x`.
  func misplacedParameter(in arguments: [String]) -> RunError? {
    guard let command = arguments.first, ["run", "plan", "explain"].contains(command),
      let file = arguments.dropFirst().first, let (analysis, _) = try? analysis(of: file),
      let parameters = analysis.script?.parameters.map(\.name)
    else { return nil }
    let names = arguments.filter { $0.hasPrefix("--") }
      .compactMap { $0.dropFirst(2).split(separator: "=").first.map(String.init) }
    return names.first(where: parameters.contains).map { name in
      RunError(
        .usage, "`--\(name)` is a parameter of the script, not an option",
        help: "write `\(name)=…` after the script")
    }
  }

  private func analysis(of file: String) throws -> (Analysis, Analysis.Input) {
    let input = try host.script(.file(file))
    let scope = try ScriptFileAccess(host: host).scope(snapshot: nil)
    return (Analysis(input, vocabulary: .standard, scope: scope), input)
  }

  func show(_ file: String) throws {
    let (analysis, input) = try analysis(of: file)
    let page = ScriptPage(analysis, name: file, bytes: input.bytes)
    host.output.data(page.text(style: host.outputStyle, width: host.width))
    guard analysis.script == nil else {
      return host.output.data("\n`conn run --help` lists the options of a run.\n")
    }
    DiagnosticPrinter(host: host, onlyErrors: true).show(analysis)
    throw RunError(
      .usage,
      "the script has errors, so its parameters and its effect aren't known",
      help: "conn check prints every problem")
  }
}
