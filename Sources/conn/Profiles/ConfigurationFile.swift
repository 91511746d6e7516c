import Evaluation
import Glibc
import Language
import Planning

/// The file with the user's profiles: `$XDG_CONFIG_HOME/conn/config.conn`, or
/// `~/.config/conn/config.conn`.
enum ConfigurationFile {
  /// Maximum size of a configuration in bytes.
  private static let limit = 1 << 20

  /// Returns the path; `nil` if the environment names no directory. Relative ones are ignored.
  ///
  /// Source: the XDG Base Directory Specification.
  static func path(_ environment: [String: String]) -> String? {
    BaseDirectory.configuration.path(environment).map { $0 + "/conn/config.conn" }
  }

  /// Reads the profiles; none if there is no file. Throws if the file can't be used.
  static func load(_ host: Host) throws -> Configuration {
    guard let path = path(host.environment), let bytes = try read(path) else { return .none }
    let analysis = ConfigurationAnalysis(
      Analysis.Input(name: path, bytes: bytes), vocabulary: .standard, terms: .standard)
    let shown = analysis.configuration == nil ? analysis.diagnostics : []
    DiagnosticPrinter(host: host).show(shown, analysis.sources)
    guard let checked = analysis.configuration else { throw ReportedFailure(exitCode: .usage) }
    return Configuration(checked, sources: analysis.sources)
  }

  /// Returns the profiles; none if the file can't be used. Prints nothing.
  static func known(_ host: Host) -> Configuration {
    guard let path = path(host.environment), let bytes = try? read(path) else { return .none }
    let analysis = ConfigurationAnalysis(
      Analysis.Input(name: path, bytes: bytes), vocabulary: .standard, terms: .standard)
    return analysis.configuration.map { Configuration($0, sources: analysis.sources) } ?? .none
  }

  /// Reads the file; `nil` if there is none. The checks apply to the open file, so that it can't be
  /// replaced between check and read.
  private static func read(_ path: String) throws(RunError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw RunError(.usage, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    try TrustedFile.require(descriptor, path)
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw RunError(.usage, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    guard bytes.count <= limit else {
      throw RunError(.usage, "`\(path)` is too large for a configuration (over 1 MiB)")
    }
    return bytes
  }
}
