/// The initial content of a workspace.
package struct WorkspaceContent: Hashable, Sendable {
  package let connections: [SimulatedConnection]
  package let tags: [SimulatedTag]

  package init(connections: [SimulatedConnection], tags: [SimulatedTag] = []) {
    self.connections = connections
    self.tags = tags
  }
}
