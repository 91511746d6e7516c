import Evaluation
import Execution
import Inspection
import Language

extension ScriptRunner {
  /// Says which literals of conditions that kept no row no connection has, and which ones are near.
  func explainEmptySelections(_ interpreter: inout Interpreter, _ input: Analysis.Input) async {
    let empty = interpreter.report.emptySelections
    guard !empty.isEmpty, !options.talk.quiet,
      var scope = try? ScriptFileAccess(host: host, readsInput: true).scope(
        snapshot: options.workspace.snapshot),
      let connections = await interpreter.allConnections()
    else { return }
    scope.values = { KnownValues.values(of: $0, in: Rows(connections)) }
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    let unknown = analysis.diagnostics.filter { diagnostic in
      diagnostic.code == "C0118" && empty.contains { $0.contains(diagnostic.span) }
    }
    DiagnosticPrinter(host: host).show(unknown, analysis.sources)
  }
}
