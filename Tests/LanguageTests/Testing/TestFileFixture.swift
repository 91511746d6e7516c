import Evaluation
import Language

/// Checks test files.
enum TestFileFixture {
  static func analyze(_ text: String, name: String = "clean_test.conn") -> TestFileAnalysis {
    TestFileAnalysis(Analysis.Input(name: name, bytes: Array(text.utf8)), vocabulary: .standard)
  }

  static func rendered(_ text: String) -> String {
    let analysis = analyze(text)
    return DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
  }
}
