/// The handles of the tags that a call sets and removes, on every connection that it names.
package struct TagChange: Hashable, Sendable {
  package let added: [String]
  package let removed: [String]

  package init(adding added: [String] = [], removing removed: [String] = []) {
    self.added = added
    self.removed = removed
  }
}
