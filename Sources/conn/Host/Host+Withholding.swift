import API
import ConnectionsClient
import Evaluation
import Planning
import Synchronization
import Text

/// The environment variables that a program which `conn` starts doesn't inherit, and that a script
/// can't read. All copies of a host share them.
final class Withholding: Sendable {
  private let variables = Mutex(WithheldVariables())

  var value: WithheldVariables { variables.withLock { $0 } }

  func update(_ change: (inout WithheldVariables) -> Void) { variables.withLock { change(&$0) } }
}

extension Host {
  /// The variables that are withheld: those that hold the token of any profile, and those added
  /// while the program runs.
  var withheldVariables: WithheldVariables {
    var variables = withholding.value
    variables.tokens.formUnion(configuredTokenVariables)
    return variables
  }

  /// The environment of the programs that `conn` starts.
  var childEnvironment: [String: String] {
    let withheld = withheldVariables
    return environment.filter {
      !withheld.tokens.contains($0.key) && !withheld.secrets.contains($0.key)
    }
  }

  /// Withholds the variables that hold these secrets of a script.
  func withhold(_ secrets: Set<SecretReference>) {
    withholding.update { $0.withhold(secrets, from: environment) }
  }

  /// Withholds the variable that the token is read from.
  func withhold(tokenSource: String?) {
    guard let name = tokenSource.flatMap(SecretReference.init)?.variable else { return }
    withholding.update { $0.tokens.formUnion(holding([name])) }
  }

  /// Withholds the variables that hold this token.
  func withhold(_ token: APIToken) {
    let names = environment.filter { token.isContained(in: $0.value) }.map(\.key)
    withholding.update { $0.tokens.formUnion(names) }
  }

  /// The variables that profiles name, and all others with the same tokens in them. No `cmd:` is
  /// run to find out.
  private var configuredTokenVariables: Set<String> {
    let places = ConfigurationFile.known(self).profiles.compactMap(\.token)
    let names = [ResolvedWorkspace.tokenVariable] + places.compactMap(\.variable)
    let texts = places.compactMap { place in
      if case .file(let path) = place.source { text(of: path) } else { nil }
    }
    return holding(names).union(WithheldVariables.names(holding: texts, in: environment))
  }

  private func holding(_ names: [String]) -> Set<String> {
    let values = names.compactMap { environment[$0] }
    return Set(names).union(WithheldVariables.names(holding: values, in: environment))
  }

  private func text(of path: String) -> String? {
    guard disk.isFile(path), let bytes = try? disk.read(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
