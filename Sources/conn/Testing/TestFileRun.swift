import ConnectionsClient
import Evaluation
import Language

/// Runs the tests of one file.
struct TestFileRun {
  let host: Host
  /// The path of the test file, as shown in messages.
  let path: String

  /// The results of a file's tests.
  struct Report: Sendable {
    let path: String
    var tests: [Result] = []
    /// The reason why the tests couldn't be run, as lines of a report.
    var error: [String]?

    var failed: [Result] { tests.filter { !$0.problems.isEmpty } }
  }

  /// The result of one test.
  struct Result: Sendable {
    let name: String
    /// The line of the test in its file.
    let line: Int
    /// The differences between what was expected and what happened; empty iff the test has passed.
    let problems: [String]
    let seconds: Double
  }

  func report() async -> Report {
    var report = Report(path: path)
    do {
      let (file, sources) = try tests()
      let bytes = try script()
      for test in file.tests {
        report.tests.append(await result(test, file, bytes, sources))
      }
    } catch {
      report.error = Self.lines(of: error)
    }
    return report
  }

  // MARK: Files

  private func tests() throws -> (CheckedTestFile, SourceMap) {
    let analysis = TestFileAnalysis(try host.script(.file(path)), vocabulary: .standard)
    guard let file = analysis.file else {
      throw TestRun.InvalidScript(
        text: DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics))
    }
    return (file, analysis.sources)
  }

  private var scriptPath: String { path.dropLast(TestFileAnalysis.suffix.count) + ".conn" }

  private func script() throws(RunError) -> [UInt8] {
    guard host.disk.exists(scriptPath) else {
      throw RunError(
        .usage, "there is no script `\(scriptPath)` for the tests in `\(path)`",
        help: "the tests of clean.conn are in clean_test.conn, in the same directory")
    }
    return try host.script(.file(scriptPath)).bytes
  }

  // MARK: Tests

  private func result(
    _ test: CheckedTest, _ file: CheckedTestFile, _ script: [UInt8], _ sources: SourceMap
  ) async -> Result {
    let start = host.clock.uptime()
    var problems: [String]
    do { problems = try await self.problems(test, file, script) } catch {
      problems = Self.lines(of: error)
    }
    problems = problems.map(host.secrets.masking)
    let line = sources.file(of: test.span)?.position(of: test.span.start).line ?? 0
    return Result(
      name: test.name, line: line, problems: problems, seconds: host.clock.uptime() - start)
  }

  private func problems(_ test: CheckedTest, _ file: CheckedTestFile, _ script: [UInt8])
    async throws -> [String]
  {
    let directory = SystemFile.directory(of: host.disk.resolved(path))
    let test = try TestCase(test, of: file, in: directory)
    let run = TestRun(host: host, script: scriptPath, directory: directory)
    let ending = try await run.run(test, script)
    return try TestVerdict(test: test, ending: ending, secrets: host.secrets).problems()
  }

  private static func lines(of error: any Error) -> [String] {
    switch error {
    case let error as TestRun.InvalidScript:
      error.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
        String.init)
    case let error as RunError:
      [error.message] + (error.help.map { ["help: \($0)"] } ?? [])
    default: ["\(error)"]
    }
  }
}
