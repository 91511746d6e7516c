import ArgumentParser
import ConnectionsClient
import Engine
import Glibc
import Language

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs that wrote something, latest first.",
    discussion: "With --failed RUN: the connections of that run that were not done.")

  @Option(
    help: ArgumentHelp("The connections that a run did not get done.", valueName: "run"))
  var failed: String?
  @Option(
    help: ArgumentHelp(
      "How they are shown: table, json, jsonl, csv, ids or markdown.", valueName: "format"))
  var output: ResultFormat?

  func run() throws {
    do throws(RunError) {
      let isTerminal = isatty(STDOUT_FILENO) == 1
      let set: RowSet
      if let failed {
        set = RunRows.failed(try RunCatalog.run(failed).history)
      } else {
        set = RunRows.all(try RunCatalog.paths())
      }
      StandardOutput.shared.data(
        try (output ?? (isTerminal ? .table : .jsonl)).text(
          set, style: TerminalStyle.style(of: STDOUT_FILENO, isOff: false)))
    } catch {
      ErrorPrinter(sources: SourceMap(), isOff: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }
}
