/// The variables and definitions that are visible in a definition.
struct DefinitionScope: Sendable {
  let variables: [String: Scope.Variable]
  let definitions: [String: KnownDefinition]
}
