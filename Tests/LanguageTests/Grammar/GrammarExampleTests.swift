import Evaluation
import Foundation
import Language
import TestSupport
import Testing

@Suite struct GrammarExampleTests {
  static let valid = Golden.files(in: "grammar/examples/valid", ending: ".conn")
  static let invalid = Golden.files(in: "grammar/examples/invalid", ending: ".conn")

  /// Returns what is said of a script or configuration, and whether it is right.
  private func check(_ url: URL) throws -> (output: String, isRight: Bool) {
    let bytes = Array(try Data(contentsOf: url))
    let input = Analysis.Input(name: url.lastPathComponent, bytes: bytes, arguments: [])
    if ConfigurationAnalysis.isMeant(by: input, vocabulary: .standard) {
      let analysis = ConfigurationAnalysis(input, vocabulary: .standard, terms: .standard)
      let renderer = DiagnosticRenderer(sources: analysis.sources)
      return (renderer.render(analysis.diagnostics), analysis.configuration != nil)
    }
    if TestFileAnalysis.isMeant(by: input, vocabulary: .standard) {
      let analysis = TestFileAnalysis(input, vocabulary: .standard)
      let renderer = DiagnosticRenderer(sources: analysis.sources)
      return (renderer.render(analysis.diagnostics), analysis.file != nil)
    }
    let scope = Scope { .problem("no file `\($0)`") }
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    let renderer = DiagnosticRenderer(sources: analysis.sources)
    return (renderer.render(analysis.diagnostics), analysis.script != nil)
  }

  @Test func hasExamples() {
    #expect(Self.valid.count >= 5)
    #expect(Self.invalid.count >= 5)
  }

  @Test(arguments: valid)
  func validExamplesAreAccepted(_ url: URL) throws {
    let (output, isRight) = try check(url)
    #expect(output == "")
    #expect(isRight)
  }

  /// Each invalid program stands beside the diagnostics it must give, to the letter.
  @Test(arguments: invalid)
  func invalidExamplesGiveTheirDiagnostics(_ url: URL) throws {
    let (output, isRight) = try check(url)
    #expect(!isRight)
    try Golden.expect(output, at: url.deletingPathExtension().appendingPathExtension("expected"))
  }
}
