import Evaluation
import Language
import Planning
import Testing

/// Profiles read from a configuration.
enum Profiles {
  /// Reads a configuration named `config.conn`.
  static func configuration(_ text: String) throws -> Configuration {
    let analysis = ConfigurationAnalysis(
      Analysis.Input(name: "config.conn", bytes: Array(text.utf8)), vocabulary: .standard,
      terms: .standard)
    let problems = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
    let checked = try #require(analysis.configuration, Comment(rawValue: problems))
    return Configuration(checked, sources: analysis.sources)
  }

  /// Returns the guards of the profile `eu-prod` with these settings, written on line 3.
  static func guards(_ settings: String) throws -> ProfileGuards {
    let text = "profile \"eu-prod\" {\n  region = \"eu\"\n  \(settings)\n}\n"
    return try #require(try configuration(text).profiles.first).guards
  }
}
