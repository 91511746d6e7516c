/// The variables and definitions that a definition sees.
struct DefinitionScope: Sendable {
  let variables: [String: Scope.Variable]
  let definitions: [String: KnownDefinition]
}
