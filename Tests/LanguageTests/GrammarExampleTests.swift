import Engine
import Foundation
import Language
import TestSupport
import Testing

@Suite struct GrammarExampleTests {
  static let valid = Golden.files(in: "grammar/examples/valid", ending: ".conn")
  static let invalid = Golden.files(in: "grammar/examples/invalid", ending: ".conn")

  private func analyze(_ url: URL) throws -> Analysis {
    let bytes = Array(try Data(contentsOf: url))
    let input = Analysis.Input(name: url.lastPathComponent, bytes: bytes, arguments: [])
    return Analysis(input, vocabulary: .standard, scope: Scope { .problem("no file `\($0)`") })
  }

  @Test func thereAreExamples() {
    #expect(Self.valid.count >= 5)
    #expect(Self.invalid.count >= 5)
  }

  @Test(arguments: valid)
  func isValid(_ url: URL) throws {
    let analysis = try analyze(url)
    #expect(DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics) == "")
    #expect(analysis.script != nil)
  }

  /// Each invalid program stands beside the diagnostics it must give, to the letter.
  @Test(arguments: invalid)
  func isInvalid(_ url: URL) throws {
    let analysis = try analyze(url)
    #expect(analysis.script == nil)
    let rendered = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
    try Golden.expect(rendered, at: url.deletingPathExtension().appendingPathExtension("expected"))
  }
}
