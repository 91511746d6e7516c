/// The variables and definitions that are visible in a definition.
struct DefinitionScope: Sendable {
  let variables: NameTable<Scope.Variable>
  let definitions: NameTable<KnownDefinition>
}
