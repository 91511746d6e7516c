import Evaluation
import Language

/// Checks configurations.
enum ConfigurationFixture {
  static func analyze(_ text: String, name: String = "config.conn") -> ConfigurationAnalysis {
    ConfigurationAnalysis(
      Analysis.Input(name: name, bytes: Array(text.utf8)), vocabulary: .standard, terms: .standard)
  }

  static func rendered(_ text: String) -> String {
    let analysis = analyze(text)
    return DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
  }
}
