import Text

/// The results of tests as JUnit XML, which CI systems read.
///
/// Source: the schema of the Jenkins plugin `xunit`, jenkins-junit.xsd.
struct JUnitReport {
  let files: [TestFileRun.Report]

  /// The first bytes of every report.
  static let mark = "<?xml "

  var text: String {
    let suites = files.map(Self.suite).joined()
    let failed = files.map(\.failed.count).reduce(0, +)
    let errors = files.count { $0.error != nil }
    let seconds = files.flatMap(\.tests).map(\.seconds).reduce(0, +)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="conn test" tests="\(files.map(Self.count).reduce(0, +))" failures="\(failed)" \
      errors="\(errors)" time="\(Self.text(seconds))">
      \(suites)</testsuites>

      """
  }

  /// A file that can't be used counts as one test, so that it can't be overlooked.
  private static func count(_ file: TestFileRun.Report) -> Int {
    file.tests.count + (file.error == nil ? 0 : 1)
  }

  private static func suite(_ file: TestFileRun.Report) -> String {
    let seconds = file.tests.map(\.seconds).reduce(0, +)
    let cases = file.tests.map { testCase($0, of: file.path) }.joined()
    let error = file.error.map { error in
      let text = error.map(escaped).joined(separator: "\n")
      return
        "    <testcase name=\"\(escaped(file.path))\" classname=\"\(escaped(file.path))\">\n"
        + "      <error message=\"the tests can't be run\">\(text)</error>\n    </testcase>\n"
    }
    return """
        <testsuite name="\(escaped(file.path))" tests="\(count(file))" \
      failures="\(file.failed.count)" errors="\(file.error == nil ? 0 : 1)" time="\(text(seconds))">
      \(cases)\(error ?? "")  </testsuite>

      """
  }

  private static func testCase(_ test: TestFileRun.Result, of path: String) -> String {
    let head = """
          <testcase name="\(escaped(test.name))" classname="\(escaped(path))" file="\(escaped(path))" \
      line="\(test.line)" time="\(text(test.seconds))"
      """
    guard let first = test.problems.first else { return head + "/>\n" }
    let lines = test.problems.map(escaped).joined(separator: "\n")
    return head + ">\n      <failure message=\"\(escaped(first))\">\(lines)</failure>\n"
      + "    </testcase>\n"
  }

  private static func text(_ seconds: Double) -> String {
    let thousandths = Int((max(0, min(seconds, 1e9)) * 1_000).rounded())
    return "\(thousandths / 1_000).\(padded(thousandths % 1_000, 3))"
  }

  /// Returns a line as XML. Characters that XML 1.0 forbids, and those that could mislead a reader,
  /// are shown escaped.
  private static func escaped(_ line: String) -> String {
    line.escapingHiddenCharacters().unicodeScalars.map { references[$0] ?? String($0) }.joined()
  }

  /// U+FFFE and U+FFFF are the only forbidden characters that aren't hidden ones.
  private static let references: [Unicode.Scalar: String] = [
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "\u{FFFE}": "\\u{FFFE}",
    "\u{FFFF}": "\\u{FFFF}",
  ]
}
