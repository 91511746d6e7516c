import API
import JSON

/// The workspace as simulated writes would leave it: what a preview shows after each write.
package struct WorkspaceOverlay: Sendable {
  /// The changed members of each connection; everything else is as the server lists it.
  private var changed: [Int64: JSON.Object] = [:]
  private var deleted: Set<Int64> = []
  private var created: [Connection] = []

  package init() {}

  /// `true` iff it has connections that don't exist yet.
  var createsConnections: Bool { !created.isEmpty }

  package var isEmpty: Bool { changed.isEmpty && deleted.isEmpty && created.isEmpty }

  /// Applies a write and returns the connection as the write would leave it.
  package mutating func apply(_ write: PlannedWrite) -> Connection? {
    let connection = write.simulatedEffect(newID: -Int64(created.count + 1))
    guard let connection else { return nil }
    switch write.definition.lifecycle {
    case .begins: created.append(connection)
    case .continues: change(connection.id, write.changes)
    case .ends: deleted.insert(connection.id)
    }
    return connection
  }

  private mutating func change(_ id: Int64, _ changes: JSON.Object) {
    if let index = created.firstIndex(where: { $0.id == id }) {
      created[index] = created[index].merging(changes)
    } else {
      var all = changed[id] ?? JSON.Object()
      for member in changes.members { all.set(member.name, member.value) }
      changed[id] = all
    }
  }

  /// Returns a list's connections as they would be after the writes.
  package func applied(to connections: [Connection]) -> [Connection] {
    let present = connections.map { connection in
      changed[connection.id].map { connection.merging($0) } ?? connection
    }
    return (present + created).filter { !deleted.contains($0.id) }
  }
}
