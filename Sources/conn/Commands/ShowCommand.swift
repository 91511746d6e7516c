import ArgumentParser
import Evaluation
import Language
import Planning
import Text

struct ShowCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a plan or a past run: its writes, their targets, and why; sends nothing.",
    discussion: "Example: conn show last"
  ).belowConn

  @Argument(
    help: ArgumentHelp(
      "A plan file, or a run: its name, a part of it, last or last-1.", valueName: "plan-or-run"))
  var name: String
  @Flag(help: "Print the plan as JSON, or the run's journal, one record per line.") var json = false
  @Flag(help: "Show every write of a plan.") var all = false
  @Flag(help: "Show a plan's fingerprints and hashes, too.") var verbose = false
  @Option(
    help: ArgumentHelp("Also write an HTML page for a change ticket.", valueName: "file"))
  var report: String?

  func run(on host: Host) async throws {
    host.output.data(try host.disk.exists(name) ? plan(host) : past(host))
  }

  private func plan(_ host: Host) throws(RunError) -> String {
    let file = try PlanFiles(host: host).read(name)
    try write(PlanReport(file.document).page, host)
    if json { return String(decoding: file.bytes, as: UTF8.self) }
    let detail = PlanPage.Detail(showsAll: all, showsHashes: verbose, isRecorded: true)
    return PlanPage(file.document, hash: file.hash, detail, width: host.width).text
  }

  private func past(_ host: Host) throws(RunError) -> String {
    guard let run = try RunArchive(host).find(name) else {
      throw RunError(
        .usage, "no plan file or run is named `\(name.escapingHiddenCharacters())`",
        help: "conn runs lists the runs")
    }
    let view = RunReportView(run: run)
    try write(RunReportPage(run: run, facts: view.facts).page, host)
    if json { return String(decoding: run.wholeLines, as: UTF8.self) }
    return try view.text(style: host.outputStyle, width: host.width)
  }

  private func write(_ page: HTMLPage, _ host: Host) throws(RunError) {
    if let report { try ReportFile(host: host, path: report).write(page) }
  }
}
