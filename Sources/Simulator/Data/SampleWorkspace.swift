/// The simulator's default workspace.
package enum SampleWorkspace {
  package static let content = WorkspaceContent(
    connections: SampleTable.rows.map(\.connection), tags: SampleTags.table)

  package static var connections: [SimulatedConnection] { content.connections }
}
