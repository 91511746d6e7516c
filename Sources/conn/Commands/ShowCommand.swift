import ArgumentParser
import Evaluation
import Glibc
import Language
import Planning
import Text

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a plan or a past run: its writes, their targets, and why; sends nothing.")

  @Argument(help: "A plan file, or a run as listed by conn runs.") var name: String
  @Flag(help: "Print the plan as JSON, or the run's journal, one record per line.") var json = false
  @Flag(help: "Show every row of long groups.") var all = false

  func run() throws {
    do throws(RunError) {
      StandardOutput.shared.data(try SystemDisk().exists(name) ? plan() : past())
    } catch {
      ErrorPrinter(sources: SourceMap(), isColorDisabled: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }

  private func plan() throws(RunError) -> String {
    let file = try PlanFiles.file(name)
    if json { return String(decoding: file.bytes, as: UTF8.self) }
    return PlanPage(file.plan, hash: file.hash, showsAll: all, width: TerminalStyle.width).text
  }

  private func past() throws(RunError) -> String {
    guard let run = try RunArchive().find(name) else {
      throw RunError(
        .usage, "no plan file or run is named `\(name.escapingHiddenCharacters())`",
        help: "conn runs lists the runs")
    }
    if json { return String(decoding: run.wholeLines, as: UTF8.self) }
    return try RunReportView(run: run).text(
      style: TerminalStyle.style(of: STDOUT_FILENO, isColorDisabled: false),
      width: TerminalStyle.width)
  }
}
