/// A definition with the names that its stages can use: those that were bound where it stands.
package struct KnownDefinition: Sendable {
  let definition: Definition
  let scope: DefinitionScope
  /// `true` iff an error is reported in it, so that its calls say nothing further.
  let isBroken: Bool

  /// `true` iff it was read after the other one.
  package func isNewer(than other: KnownDefinition) -> Bool {
    definition.name.span.start > other.definition.name.span.start
  }
}
