/// The simulator's default workspace.
package enum SampleWorkspace {
  package static let connections: [SimulatedConnection] = SampleTable.rows.map(\.connection)
}
