/// The workspace that the simulator shows where none is given.
package enum SampleWorkspace {
  package static let connections: [SimulatedConnection] = SampleTable.rows.map(\.connection)
}
