/// A definition with the names that its stages can use: those bound where it is written.
package struct KnownDefinition: Sendable {
  let definition: Definition
  let scope: DefinitionScope
  /// `true` iff it has a reported error; its calls then report nothing else.
  let isBroken: Bool

  /// Returns `true` iff it was defined after the other one.
  package func isNewer(than other: KnownDefinition) -> Bool {
    definition.name.span.start > other.definition.name.span.start
  }
}
