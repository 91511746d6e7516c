import ArgumentParser
import Evaluation
import Language
import Text

struct RunsCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs that wrote something, latest first.",
    discussion: """
      With --failed RUN, list the connections whose write failed, is in doubt, or wasn't tried.

      Example: conn runs --failed last
      """
  ).belowConn

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

  func run(on host: Host) async throws {
    let archive = RunArchive(host)
    let format = output ?? (host.output.showsToTerminal ? .table : .jsonl)
    let set: RowSet
    if let failed {
      set = try RunTables.failed(try archive.run(failed))
      if output == .ids { try warnOfMissingIDs(set, host) }
    } else {
      let (tables, paths) = (RunTables(archive: archive), try archive.paths())
      set = format == .table ? tables.brief(paths, at: host.clock.instant()) : tables.all(paths)
    }
    host.output.data(try format.text(set, style: host.outputStyle, width: host.width))
  }

  private func warnOfMissingIDs(_ set: RowSet, _ host: Host) throws(RunError) {
    let count = set.rows.count - (try set.ids().count)
    guard count > 0 else { return }
    host.output.talk(
      "\(count) of \(set.rows.count.counted("row")) \(count.agreeing("has", "have")) no id: "
        + "their connections were not created; --output table names them")
  }
}
