import API
import ConnectionsClient
import Evaluation
import Glibc
import Planning
import Subprocess
import SystemPackage

/// Reads the token, and the secrets of a script, from where they are kept.
struct Credentials: Sendable {
  let environment: [String: String]
  let disk: any Disk

  /// The variables that commands do not inherit: those that hold the token.
  private let withheld: Set<String>

  private static let tokenVariable = ResolvedWorkspace.tokenVariable

  init(environment: [String: String], disk: any Disk, tokenPlace: String?) {
    self.environment = environment
    self.disk = disk
    let place = tokenPlace.flatMap { SecretReference($0)?.source }
    let named = if case .environment(let name) = place { [name] } else { [String]() }
    withheld = Set([Self.tokenVariable] + named)
  }

  /// Throws with exit 3 where there is no usable token.
  func token(from place: String?) async throws(RunError) -> APIToken {
    let text = try await tokenText(place)
    do {
      return try APIToken(text)
    } catch {
      throw RunError(
        .authentication, error.description,
        help: "the token comes from "
          + (place ?? Self.tokenVariable))
    }
  }

  private func tokenText(_ place: String?) async throws(RunError) -> String {
    guard let place else {
      if let text = environment[Self.tokenVariable] { return text }
      throw RunError(
        .authentication, "there is no token",
        help: "set \(Self.tokenVariable), or name its place with --token-from or in a profile; "
          + "--simulator and --dry-run need none")
    }
    guard let reference = SecretReference(place), reference.source != .prompt else {
      throw RunError(
        .usage, "--token-from takes env:NAME, file:PATH or cmd:ARGV, never the token itself")
    }
    return try await text(of: reference)
  }

  /// Reads all of them, or throws with exit 3 for the first that cannot be read.
  func secrets(_ references: Set<SecretReference>) async throws(RunError) -> Secrets {
    var values: [SecretReference: String] = [:]
    for reference in references.sorted(by: { $0.description < $1.description }) {
      values[reference] = try await text(of: reference)
    }
    return Secrets(values)
  }

  private func text(of reference: SecretReference) async throws(RunError) -> String {
    switch reference.source {
    case .environment(let name):
      guard let value = environment[name] else {
        throw RunError(.authentication, "the variable `\(name)` is not set")
      }
      return value
    case .file(let path): return try file(path)
    case .command(let words): return try await output(of: words)
    case .prompt: return try await prompt()
    }
  }

  /// A file that holds a secret must be the user's own, and closed to others.
  private func file(_ path: String) throws(RunError) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw RunError(.authentication, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    guard status.st_uid == getuid(), status.st_mode & 0o077 == 0 else {
      throw RunError(
        .authentication, "`\(path)` is open to others", help: "chmod 600 \(path)")
    }
    do {
      return Self.trimmed(String(decoding: try disk.read(path), as: UTF8.self))
    } catch {
      throw RunError(.authentication, error.message)
    }
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// The command does not inherit the token.
  private func output(of words: [String]) async throws(RunError) -> String {
    guard let program = words.first else { throw RunError(.usage, "`cmd:` names no command") }
    let passed = environment.filter { !withheld.contains($0.key) }
    let variables = Dictionary(
      uniqueKeysWithValues: passed.map { (Subprocess.Environment.Key(rawValue: $0.key), $0.value) })
    do {
      let result = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(Array(words.dropFirst())),
        environment: .custom(variables.compactMapKeys()), input: .none,
        output: .string(limit: 1 << 16), error: .discarded)
      guard result.terminationStatus.isSuccess else {
        throw RunError(.authentication, "`\(program)` failed: \(result.terminationStatus)")
      }
      return Self.trimmed(result.standardOutput)
    } catch let error as RunError {
      throw error
    } catch {
      throw RunError(.authentication, "`\(program)` could not be run")
    }
  }

  /// Reads a line from the terminal without showing it.
  private func prompt() async throws(RunError) -> String {
    guard isatty(STDERR_FILENO) == 1 else {
      throw RunError(.authentication, "there is no terminal to ask for the secret")
    }
    guard let typed = await StandardOutput.shared.askSecret("Secret: "), !typed.isEmpty else {
      throw RunError(.notConfirmed, "no secret was given; nothing was changed")
    }
    return typed
  }
}

extension [Subprocess.Environment.Key?: String] {
  fileprivate func compactMapKeys() -> [Subprocess.Environment.Key: String] {
    reduce(into: [:]) { result, pair in if let key = pair.key { result[key] = pair.value } }
  }
}
