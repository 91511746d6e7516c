import Evaluation
import Inspection
import JSON
import Language
import LanguageServer
import Planning

/// Hands libFuzzer the command line, and takes any bytes from it: every reader must take them, and
/// say what is wrong with them, without a trap. A `precondition` that fails is a finding.
///
/// Source: LLVM's documentation, "libFuzzer – a library for coverage-guided fuzz testing".
@main enum Fuzz {
  static func main() {
    var count = CommandLine.argc
    var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    _ = runDriver(&count, &words, testOneInput)
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  readScript(bytes)
  readJSON(bytes)
  readPlan(bytes)
  EditorFuzz.run(bytes)
  for ending in ["json", "jsonl", "csv"] {
    _ = try? SnapshotFile("input.\(ending)", disk: OneFile(bytes: bytes))
  }
  return 0
}

/// Lexer, parser, checker and renderer; and the formatter, which must come to rest at once.
private func readScript(_ bytes: [UInt8]) {
  let input = Analysis.Input(name: "input", bytes: bytes, arguments: [])
  let scope = Scope { _ in .problem("no files here") }
  let analysis = Analysis(input, vocabulary: .standard, scope: scope)
  _ = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
  _ = AnalysisRecords.all(analysis).map(\.text)
  _ = FixApplier.fixed(SourceFile(name: "input", bytes: bytes), analysis.diagnostics)
  let configuration = ConfigurationAnalysis(input, vocabulary: .standard, terms: .standard)
  _ = DiagnosticRenderer(sources: configuration.sources).render(configuration.diagnostics)
  guard let formatted = format(bytes) else { return }
  precondition(format(Array(formatted.utf8)) == formatted, "the formatter does not come to rest")
}

private func format(_ bytes: [UInt8]) -> String? {
  let file = SourceFile(name: "input", bytes: bytes)
  guard case .text(let text) = Formatter.format(file, vocabulary: .standard) else { return nil }
  return text
}

/// What is written of a value is read as the same value.
private func readJSON(_ bytes: [UInt8]) {
  guard let value = try? JSONParser.parse(bytes) else { return }
  let again = try? JSONParser.parse(Array(value.text.utf8))
  precondition(again == value, "a value is not read as it was written")
}

/// What a plan says is what is written of it, and its pages can be shown.
private func readPlan(_ bytes: [UInt8]) {
  guard let file = try? PlanFile.read(bytes) else { return }
  precondition(file.bytes == bytes, "a plan is not written as it was read")
  _ = PlanPage(file.document, hash: file.hash).text
  _ = PlanReport(file.document).page.text()
}

/// A disk that holds the input.
private struct OneFile: Disk {
  let bytes: [UInt8]

  func read(_ path: String) throws(DiskError) -> [UInt8] { bytes }
  func exists(_ path: String) -> Bool { true }
  func create(_ path: String, with bytes: [UInt8]) throws(DiskError) {}
  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError) {}
}
