import API
import Language
import Text

extension CheckedScript {
  /// The secrets that the script names; those whose place is only known during the run are missing.
  package var secretReferences: Set<SecretReference> {
    var places = parameters.filter { $0.type == .secret }.compactMap(\.given)
    for expression in statements.flatMap(\.expressions) + parameters.compactMap(\.defaultValue) {
      places += expression.secretPlaces
    }
    return Set(places.compactMap(\.text).compactMap(SecretReference.init))
  }
}

extension Literal {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}

extension CheckedExpression {
  fileprivate var secretPlaces: [Literal] {
    var places = operands.flatMap(\.secretPlaces)
    if case .call("secret", let arguments) = kind, let place = arguments.first?.literal {
      places.append(place)
    }
    return places
  }
}

extension CheckedScript {
  /// The credentials that the script itself holds: literals in confidential fields under names such
  /// as `password`, also through variables whose value the text determines.
  package var credentialLiterals: Set<String> {
    let assignments = statements.flatMap(\.pipelines).flatMap(\.stages)
      .flatMap(\.arguments.assignments)
    return Set(
      assignments.filter(\.field.isConfidential).flatMap { $0.value.credentials(of: "") })
  }
}

extension CheckedExpression {
  fileprivate func credentials(of name: String) -> [String] {
    if let text = literal?.text { return CredentialName.fits(name) ? [text] : [] }
    switch kind {
    case .record(let entries): return entries.flatMap { $0.value.credentials(of: $0.key) }
    // Its argument is a name or a place.
    case .call: return []
    default: return operands.flatMap { $0.credentials(of: name) }
    }
  }
}
