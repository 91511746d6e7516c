import ArgumentParser
import Evaluation
import Glibc
import Language
import Planning
import Text

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a plan, or a run of the past: what, to what, and why; send nothing.")

  @Argument(help: "The file of a plan, or a run as conn runs lists it.") var name: String
  @Flag(help: "The plan as JSON; of a run its journal, a record a line.") var json = false
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
        .usage, "there is no plan file or run `\(name.escapingHiddenCharacters())`",
        help: "conn runs lists the runs")
    }
    if json { return String(decoding: run.wholeLines, as: UTF8.self) }
    return try RunReportView(run: run).text(
      style: TerminalStyle.style(of: STDOUT_FILENO, isColorDisabled: false),
      width: TerminalStyle.width)
  }
}
