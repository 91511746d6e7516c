import ArgumentParser
import Evaluation

struct TestCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests of scripts on a simulated workspace.",
    discussion: """
      The tests of clean.conn are in clean_test.conn, in the same directory. They reach no network, \
      run no program, read no secret and save nothing. If a test fails, the exit code is 1.

      Example: conn test scripts --junit report.xml
      """
  ).belowConn

  @Argument(
    help: ArgumentHelp(
      "Test files, and directories to search for them (default: the current directory).",
      valueName: "path"))
  var paths: [String] = []
  @Option(
    help: ArgumentHelp("Also write the results to this file, as JUnit XML.", valueName: "file"))
  var junit: String?

  func run(on host: Host) async throws {
    if let junit { try requireReport(junit, host) }
    var files: [TestFileRun.Report] = []
    for path in try TestFiles(host: host).paths(paths) {
      let file = await TestFileRun(host: host, path: path).report()
      host.output.data(TestReport.text(file, style: host.outputStyle))
      files.append(file)
    }
    let report = TestReport(files: files)
    host.output.data(report.summary)
    if let junit { try write(JUnitReport(files: files).text, to: junit, host) }
    guard report.exitCode == .success else { throw ReportedFailure(exitCode: report.exitCode) }
    if host.output.hasFailed { throw ReportedFailure(exitCode: .internalError) }
  }

  /// Throws if the file exists and isn't a report: it is easy to name a script by mistake.
  private func requireReport(_ path: String, _ host: Host) throws(RunError) {
    guard host.disk.exists(path) else { return }
    do throws(DiskError) {
      let start = try host.disk.readRegular(path, limit: JUnitReport.mark.utf8.count)
      if start.isEmpty || start.starts(with: JUnitReport.mark.utf8) { return }
    } catch { throw RunError(.usage, error.message) }
    throw RunError(.usage, "`\(path)` exists and is not a JUnit report; choose another name")
  }

  private func write(_ text: String, to path: String, _ host: Host) throws(RunError) {
    do throws(DiskError) { try host.disk.replace(path, with: Array(text.utf8)) } catch {
      throw RunError(.usage, error.message)
    }
  }
}
