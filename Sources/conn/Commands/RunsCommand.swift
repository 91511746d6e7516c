import ArgumentParser
import Evaluation
import Glibc
import Language
import Text

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs that wrote something, latest first.",
    discussion: """
      With --failed RUN, list the connections whose write failed, is in doubt, or wasn't tried.
      """)

  @Option(
    help: ArgumentHelp("List the connections that this run did not finish.", valueName: "run"))
  var failed: String?
  @Option(
    help: ArgumentHelp(
      """
      Output format: table, json, jsonl, csv, ids or markdown (default: table on a terminal, \
      otherwise jsonl).
      """, valueName: "format"))
  var output: ResultFormat?

  func run() throws {
    do throws(RunError) {
      let isTerminal = isatty(STDOUT_FILENO) == 1
      let set: RowSet
      if let failed {
        set = try RunTables.failed(try RunArchive().run(failed))
        if output == .ids { try sayWhatHasNoID(set) }
      } else {
        set = RunTables.all(try RunArchive().paths())
      }
      StandardOutput.shared.data(
        try (output ?? (isTerminal ? .table : .jsonl)).text(
          set, style: TerminalStyle.style(of: STDOUT_FILENO, isColorDisabled: false)))
    } catch {
      ErrorPrinter(sources: SourceMap(), isColorDisabled: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }

  private func sayWhatHasNoID(_ set: RowSet) throws(RunError) {
    let count = set.rows.count - (try set.ids().count)
    guard count > 0 else { return }
    StandardOutput.shared.talk(
      "\(count) of \(set.rows.count.counted("row")) \(count.agreeing("has", "have")) no id: "
        + "their connections were not created; --output table names them")
  }
}
