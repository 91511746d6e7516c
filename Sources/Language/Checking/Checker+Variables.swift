/// Checks which environment variables a script reads: none that holds an API token, and none as
/// plain text that it also reads as a secret.
extension Checker {
  /// The environment variables that calls read, with the places of the calls' arguments.
  struct VariablesRead {
    var plain: [(name: String, span: SourceSpan)] = []
    var secret: Set<String> = []
  }

  /// Records the variable that a call reads, and reports it if it holds a token.
  mutating func noteVariable(_ function: String, _ arguments: [CheckedExpression]) {
    guard case .string(let text)? = arguments.first?.literal, let span = arguments.first?.span
    else { return }
    switch function {
    case "env":
      variablesRead.plain.append((text, span))
      refuseToken(text, span)
    case "secret": noteSecret(text, span)
    default: break
    }
  }

  /// Records the variable of `env:NAME`, the place of a secret.
  mutating func noteSecret(_ place: String, _ span: SourceSpan) {
    guard place.hasPrefix("env:") else { return }
    let name = String(place.dropFirst("env:".count))
    variablesRead.secret.insert(name)
    refuseToken(name, span)
  }

  private mutating func refuseToken(_ name: String, _ span: SourceSpan) {
    if scope.tokenVariables.contains(name) { report(.tokenVariable(name, span)) }
  }

  /// Reports variables that are read both as plain text and as a secret.
  mutating func refusePlainSecrets() {
    for read in variablesRead.plain
    where variablesRead.secret.contains(read.name) && !scope.tokenVariables.contains(read.name) {
      report(.secretVariable(read.name, read.span))
    }
  }
}

extension Diagnostic {
  fileprivate static func tokenVariable(_ name: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0218", "the variable `\(name)` holds an API token", at: span, label: "not for scripts",
      help: ["conn sends the token itself, and only to its workspace; a script never needs it"])
  }

  fileprivate static func secretVariable(_ name: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0218", "the variable `\(name)` holds a secret of this script", at: span,
      label: "would be plain text here",
      help: ["read it with `secret(\"env:\(name)\")` everywhere, or with `env` everywhere"])
  }
}
