import Evaluation
import Text

/// The report of a test run for a person: a line for each file, the differences, and a summary.
struct TestReport {
  let files: [TestFileRun.Report]

  /// The exit code: 2 if a file couldn't be used, otherwise 1 if a test has failed.
  var exitCode: ExitCode {
    if files.contains(where: { $0.error != nil }) { return .usage }
    return files.allSatisfy(\.failed.isEmpty) ? .success : .someFailed
  }

  /// Returns the line of a file, followed by the tests that failed.
  static func text(_ file: TestFileRun.Report, style: TextStyle) -> String {
    let path = file.path.escapingHiddenCharacters()
    if let error = file.error {
      return "\(style.paint("error", .red))  \(path)\n\(indented(error))"
    }
    let total = file.tests.count.counted("test")
    guard !file.failed.isEmpty else { return "ok     \(path)  \(total)\n" }
    let head = "\(style.paint("FAILED", .red)) \(path)  \(file.failed.count) of \(total)\n"
    return head + file.failed.map(text).joined()
  }

  private static func text(_ test: TestFileRun.Result) -> String {
    let name = "  line \(test.line): \(test.name.escapingHiddenCharacters())"
    return name.wrappedHanging(to: width).map { $0 + "\n" }.joined() + indented(test.problems)
  }

  private static func indented(_ lines: [String]) -> String {
    lines.map { $0.escapingHiddenCharacters() }
      .flatMap { isExcerpt($0) ? [$0] : $0.wrappedHanging(to: width - 4) }
      .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }

  /// The most columns of a line, except for paths and lines of a script.
  private static let width = 80

  /// `true` for a line of a script in a diagnostic, and for the marks below it, which must stay in line.
  private static func isExcerpt(_ line: String) -> Bool {
    line.drop { $0 == " " || $0.isNumber }.first == "|"
  }

  var summary: String {
    let total = files.map(\.tests.count).reduce(0, +)
    let failed = files.map(\.failed.count).reduce(0, +)
    let unusable = files.count { $0.error != nil }
    let parts =
      ["\(total - failed) passed"] + (failed > 0 ? ["\(failed) failed"] : [])
      + (unusable > 0 ? ["\(unusable.counted("file")) couldn't be used"] : [])
    return "\(total.counted("test")) in \(files.count.counted("file")): "
      + parts.joined(separator: ", ") + ".\n"
  }
}
