import ArgumentParser
import Evaluation
import Inspection
import JSON
import Language
import Text

struct CheckCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check scripts and print every problem; sends nothing.",
    discussion: """
      A file that is named config.conn or that contains profiles is checked as a configuration, and \
      one whose name ends in _test.conn or that contains tests as a test file.

      Example: conn check --fix cleanup.conn
      """
  ).belowConn

  @Argument(help: ArgumentHelp("The scripts to check; - for stdin.", valueName: "script"))
  var files: [String]
  @Flag(help: "Print diagnostics and pipelines as JSON on stdout, one object per line.")
  var json = false
  @Flag(help: "Apply every fix that is unambiguous; with -, print the fixed script.")
  var fix = false
  @Option(
    help: ArgumentHelp(
      "Warn about values that no connection in this file has.", valueName: "file"))
  var snapshot: String?

  func run(on host: Host) async throws {
    let scope = try ScriptFileAccess(host: host).scope(snapshot: snapshot)
    try ScriptFiles(host: host).each(files) { file in try check(file, scope, host) }
  }

  private func check(_ file: String, _ scope: Scope, _ host: Host) throws -> Bool {
    let findings =
      try fix ? fixed(file, scope, host) : findings(try host.script(.file(file)), scope)
    show(findings, host)
    return !findings.diagnostics.contains(where: \.isError)
  }

  /// The results of checking one file.
  private struct Findings {
    let diagnostics: [Diagnostic]
    let sources: SourceMap
    let records: [JSON]
  }

  private func findings(_ input: Analysis.Input, _ scope: Scope) -> Findings {
    if ConfigurationAnalysis.isMeant(by: input, vocabulary: .standard) {
      let analysis = ConfigurationAnalysis(input, vocabulary: .standard, terms: .standard)
      return Findings(
        diagnostics: analysis.diagnostics, sources: analysis.sources,
        records: json ? AnalysisRecords.all(analysis) : [])
    }
    if TestFileAnalysis.isMeant(by: input, vocabulary: .standard) {
      let analysis = TestFileAnalysis(input, vocabulary: .standard)
      return Findings(
        diagnostics: analysis.diagnostics, sources: analysis.sources,
        records: json ? AnalysisRecords.all(analysis) : [])
    }
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    return Findings(
      diagnostics: analysis.diagnostics, sources: analysis.sources,
      records: json ? AnalysisRecords.all(analysis) : [])
  }

  private func show(_ findings: Findings, _ host: Host) {
    guard json else {
      return DiagnosticPrinter(host: host).show(findings.diagnostics, findings.sources)
    }
    for record in findings.records {
      host.output.data(record.text + "\n")
    }
  }

  // MARK: Fixes

  /// Maximum rounds of fixing: one fix can make another possible.
  private static let maxRounds = 20

  private func fixed(_ file: String, _ scope: Scope, _ host: Host) throws -> Findings {
    let original = try host.script(.file(file))
    var input = original
    var findings = findings(input, scope)
    var total = 0
    for round in 0..<Self.maxRounds {
      let source = SourceFile(name: input.name, bytes: input.bytes)
      // A person has to judge warnings that only a fix brought about.
      let found = findings.diagnostics.filter { round == 0 || $0.isError }
      let (bytes, count) = FixApplier.fixed(source, found)
      guard count > 0 else { break }
      total += count
      input = Analysis.Input(name: input.name, bytes: bytes)
      findings = self.findings(input, scope)
    }
    try store(input, file, total, host)
    return findings
  }

  private func store(_ input: Analysis.Input, _ file: String, _ count: Int, _ host: Host) throws {
    if file == "-" {
      if !json { host.output.data(String(decoding: input.bytes, as: UTF8.self)) }
    } else if count > 0 {
      try ScriptFiles(host: host).replace(file, with: input.bytes)
    }
    if count > 0 {
      host.output.talk("\(count.counted("fix", "fixes")) applied to \(input.name)")
    }
  }
}
