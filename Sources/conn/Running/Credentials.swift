import API
import ConnectionsClient
import Evaluation
import Glibc
import Planning
import Text

/// Reads the token and the secrets of a script from the environment, files, commands or the
/// terminal.
struct Credentials: Sendable {
  private let host: Host
  /// The place of the token, in the syntax of `--token-from`.
  let tokenPlace: String

  private static let tokenVariable = ResolvedWorkspace.tokenVariable

  /// `tokenSource` is the place of the run's token; programs don't inherit it.
  init(_ host: Host, tokenSource: String?) {
    self.host = host
    tokenPlace = tokenSource ?? "env:\(Self.tokenVariable)"
    host.withhold(tokenSource: tokenSource)
  }

  /// Reads the token. Throws with exit 3 if it is missing or invalid.
  func token(from source: String?) async throws(RunError) -> APIToken {
    let text = try await tokenText(source)
    do {
      return try APIToken(text)
    } catch {
      throw RunError(
        .authentication, error.description,
        help: "the token comes from "
          + (source ?? Self.tokenVariable))
    }
  }

  private func tokenText(_ source: String?) async throws(RunError) -> String {
    guard let source else {
      if let text = host.environment[Self.tokenVariable] { return text }
      throw RunError(
        .authentication, "there is no token",
        help: "set \(Self.tokenVariable), or use --token-from or a profile; "
          + "--simulator and --dry-run need no token")
    }
    guard let reference = SecretReference(source), reference.source != .prompt else {
      throw RunError(
        .usage, "--token-from must be env:NAME, file:PATH or cmd:ARGV, never the token itself")
    }
    if case .file(let path) = reference.source { return try tokenFile(path) }
    return try await text(of: reference)
  }

  /// Reads all secrets. Throws with exit 3 at the first that can't be read, and with exit 2 at one
  /// that is the token: it is sent to nothing but its workspace.
  func secrets(_ references: Set<SecretReference>, besides token: APIToken) async throws(RunError)
    -> Secrets
  {
    host.withhold(references)
    var values: [SecretReference: String] = [:]
    for reference in references.sorted(by: { $0.description < $1.description }) {
      try requireNoToken(reference)
      let value = try await text(of: reference)
      guard !token.isContained(in: value) else { throw Self.isToken("`secret(\"\(reference)\")`") }
      values[reference] = value
    }
    return Secrets(values)
  }

  private func requireNoToken(_ reference: SecretReference) throws(RunError) {
    guard let name = reference.variable, host.withheldVariables.tokens.contains(name) else {
      return
    }
    throw Self.isToken("the environment variable `\(name)`")
  }

  private static func isToken(_ what: String) -> RunError {
    RunError(
      .usage, "\(what) holds an API token, which no script can read",
      help: "conn sends the token itself, and only to its workspace")
  }

  private func text(of reference: SecretReference) async throws(RunError) -> String {
    switch reference.source {
    case .environment(let name):
      guard let value = host.environment[name] else {
        let problem = host.invalidVariables.contains(name) ? "not UTF-8" : "not set"
        throw RunError(.authentication, "the variable `\(name)` is \(problem)")
      }
      return value
    case .file(let path): return try file(path)
    case .command(let words): return try await output(of: words)
    case .prompt: return try await prompt()
    }
  }

  /// Reads the token from a file, which isn't a link and holds nothing else.
  private func tokenFile(_ path: String) throws(RunError) -> String {
    let bytes = try privateBytes(path, limit: Self.tokenLimit, O_NOFOLLOW)
    guard bytes.count <= Self.tokenLimit else {
      throw RunError(
        .authentication, "`\(path)` is larger than \(Self.tokenLimit >> 10) KiB",
        help: "the file must hold nothing but the token")
    }
    return try text(bytes, "`\(path)`")
  }

  /// Maximum size of a token's file in bytes.
  private static let tokenLimit = 16 << 10

  private func file(_ path: String) throws(RunError) -> String {
    try text(try privateBytes(path, limit: SystemDisk.limit), "`\(path)`")
  }

  /// Reads a file, which must belong to the user and be inaccessible to others. If it has more than
  /// `limit` bytes, returns a little more than `limit`.
  private func privateBytes(_ path: String, limit: Int, _ flags: Int32 = 0) throws(RunError)
    -> [UInt8]
  {
    let descriptor: Int32
    do { descriptor = try host.disk.descriptor(of: path, flags) } catch {
      throw RunError(.authentication, error.message)
    }
    defer { close(descriptor) }
    try requirePrivate(descriptor, path)
    guard let bytes = FileBytes.read(descriptor, limit: limit) else {
      throw RunError(.authentication, SystemFile.problem("cannot read", path).message)
    }
    return bytes
  }

  private func requirePrivate(_ descriptor: Int32, _ path: String) throws(RunError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_uid == getuid(), status.st_mode & 0o077 == 0
    else {
      throw RunError(
        .authentication, "`\(path)` is readable by other users", help: "chmod 600 \(path)")
    }
  }

  /// The secret in some bytes; `source` names where they are from.
  private func text(_ bytes: [UInt8], _ source: String) throws(RunError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RunError(.authentication, "\(source) is not UTF-8")
    }
    return text.droppingFinalNewline
  }

  /// Runs a command and returns its output. The command inherits no token and no secret.
  private func output(of words: [String]) async throws(RunError) -> String {
    guard let program = words.first else { throw RunError(.usage, "`cmd:` needs a command") }
    let result: ChildProcess.Result
    do throws(ChildProcess.Failure) {
      result = try await ChildProcess.result(
        of: words, environment: host.childEnvironment, in: host.workingDirectory)
    } catch {
      throw RunError(.authentication, "`\(program)` \(error.description)")
    }
    guard result.exitCode == 0 else {
      throw RunError(.authentication, "`\(program)` failed with exit code \(result.exitCode)")
    }
    return try text(result.output, "the output of `\(program)`")
  }

  /// Reads a line from the terminal without showing it.
  private func prompt() async throws(RunError) -> String {
    guard host.output.talksToTerminal else {
      throw RunError(.authentication, "cannot ask for the secret: there is no terminal")
    }
    guard let typed = await host.output.askSecret("Secret: "), !typed.isEmpty else {
      throw RunError(.notConfirmed, "no secret was entered; nothing was changed")
    }
    return typed
  }
}
