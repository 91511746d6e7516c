import API
import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

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

  /// The secrets that the program knows.
  var secrets: KnownSecrets { output.secrets }

  /// Prepares for a script: withholds the variables of its secrets, and masks the secrets that can be
  /// read without asking anybody, as well as the credentials in its text.
  func prepare(for script: CheckedScript) {
    prepare(for: script.secretReferences)
    secrets.add(literals: script.credentialLiterals)
  }

  func prepare(for references: Set<SecretReference>) {
    withhold(references)
    for reference in references {
      if let text = text(of: reference) { secrets.add(text, from: reference.description) }
    }
  }

  /// The secret without its final newline; `nil` if a command or a person has to be asked for it.
  private func text(of reference: SecretReference) -> String? {
    let text: String? =
      switch reference.source {
      case .environment(let name): environment[name]
      case .file(let path): self.text(of: path)
      case .command, .prompt: nil
      }
    return text?.droppingFinalNewline
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
