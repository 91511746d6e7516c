/// The connections that a list shows, and whether it may lack others.
package struct ConnectionList: Hashable, Sendable {
  package let connections: [Connection]
  /// The reason why the list may be incomplete; `nil` if it is complete. That an incomplete list
  /// doesn't show a connection proves nothing.
  package let doubt: String?

  package init(_ connections: [Connection], doubt: String? = nil) {
    self.connections = connections
    self.doubt = doubt
  }

  package var isComplete: Bool { doubt == nil }

  /// Returns the list, in doubt if it lacks one of these connections, which the run created.
  package func requiring(_ created: Set<Int64>) -> ConnectionList {
    guard isComplete, !created.isEmpty,
      let missing = created.subtracting(connections.map(\.id)).min()
    else { return self }
    return ConnectionList(
      connections, doubt: "it doesn't show connection \(missing), which this run created")
  }
}
