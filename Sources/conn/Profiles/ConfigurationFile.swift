import Evaluation
import Glibc
import Language
import Planning

/// `$XDG_CONFIG_HOME/conn/config.conn`, or `~/.config/conn/config.conn`: the user's profiles.
enum ConfigurationFile {
  /// No configuration is larger than this.
  private static let limit = 1 << 20

  /// Returns the path; `nil` where no directory is known. A relative directory is no directory.
  ///
  /// Source: the XDG Base Directory Specification.
  static func path(_ environment: [String: String]) -> String? {
    let own = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let base = own ?? environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.config" }
    return base.map { $0 + "/conn/config.conn" }
  }

  /// Returns the profiles; none where there is no file. Throws where it cannot be used; why has
  /// been said.
  static func load(_ environment: [String: String], noColor: Bool) throws -> Configuration {
    guard let path = path(environment) else { return .none }
    let bytes: [UInt8]?
    do throws(RunError) { bytes = try read(path) } catch {
      ErrorPrinter(sources: SourceMap(), isColorDisabled: noColor).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
    guard let bytes else { return .none }
    let analysis = ConfigurationAnalysis(
      Analysis.Input(name: path, bytes: bytes), vocabulary: .standard, terms: .standard)
    let shown = analysis.configuration == nil ? analysis.diagnostics : []
    DiagnosticPrinter(isColorDisabled: noColor).show(shown, analysis.sources)
    guard let checked = analysis.configuration else { throw CommandFailure(exitCode: .usage) }
    return Configuration(checked, sources: analysis.sources)
  }

  /// Returns `nil` where there is no file. What is judged is the file that is then read.
  private static func read(_ path: String) throws(RunError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw RunError(.usage, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    try requireSafe(descriptor, path)
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw RunError(.usage, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    guard bytes.count <= limit else {
      throw RunError(.usage, "`\(path)` is larger than 1 MiB, which no configuration is")
    }
    return bytes
  }

  /// Who can write the configuration can run commands, and send the token elsewhere.
  private static func requireSafe(_ descriptor: Int32, _ path: String) throws(RunError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw RunError(.usage, "`\(path)` is no file")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw RunError(
        .usage, "`\(path)` belongs to another user, who could change it",
        help: "make a copy of your own")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw RunError(.usage, "`\(path)` can be written by others", help: "chmod go-w \(path)")
    }
    if let open = StateDirectory.openParent(of: path) {
      throw RunError(
        .usage, "`\(path)` can be replaced by others: anybody can write to `\(open)`",
        help: "chmod o-w \(open)")
    }
  }
}
