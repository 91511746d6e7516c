import API
import Evaluation
import JSON
import Language

/// The connections that creates might repeat: those of the workspace, and those that the same plan
/// creates.
struct ExistingConnections {
  /// The fields that identify a connection for `create`, as far as it sets them.
  fileprivate static let identity = [
    "application", "name", "folder_id", "parent_id", "external_id",
  ].compactMap(Field.named)

  private var connections: [Connection]
  /// By the names of the fields, then by their values.
  private var indices: [[String]: [[UInt8]: Int]] = [:]

  init(_ connections: [Connection]) { self.connections = connections }

  mutating func add(_ connection: Connection) {
    connections.append(connection)
    for names in indices.keys {
      guard let key = Self.key(of: connection, names), indices[names]?[key] == nil else { continue }
      indices[names]?[key] = connections.count - 1
    }
  }

  /// Returns the latest connection that has the write's application and equals every other identifying
  /// field that it sets, and the names of these fields; `nil` if there is none, or if it was made too
  /// early.
  mutating func first(like write: PlannedWrite) -> (connection: Connection, fields: [String])? {
    let values = Self.identity.compactMap { field in
      let value = write.members.first { $0.name == field.bodyName }?.value.shown
      return (value ?? (field.name == "application" ? .null : nil)).map { (field, $0) }
    }
    let names = values.map(\.0.name)
    let key = values.flatMap { field, value in Value(value, as: field.type)?.keyBytes ?? [0] }
    if indices[names] == nil { indices[names] = index(by: names) }
    guard let position = indices[names]?[key], !isTooOld(connections[position], for: write) else {
      return nil
    }
    return (connections[position], names)
  }

  private func isTooOld(_ connection: Connection, for write: PlannedWrite) -> Bool {
    guard let since = write.existsSince, let field = Field.named("created_at"),
      case .timestamp(let made)? = try? connection.value(of: field)
    else { return false }
    return made < since
  }

  private func index(by names: [String]) -> [[UInt8]: Int] {
    var index: [[UInt8]: Int] = [:]
    for (position, connection) in connections.enumerated() {
      guard let key = Self.key(of: connection, names) else { continue }
      let isLatest = index[key].map { connections[$0].id < connection.id } ?? true
      if isLatest { index[key] = position }
    }
    return index
  }

  /// `nil` if a value has the wrong type.
  private static func key(of connection: Connection, _ names: [String]) -> [UInt8]? {
    let values = names.compactMap(Field.named).map { try? connection.value(of: $0) }
    return values.contains { $0 == nil } ? nil : values.flatMap { $0?.keyBytes ?? [] }
  }
}

extension PlannedWrite {
  /// `true` iff the call changes a field by which creates find a connection.
  var changesIdentity: Bool {
    ExistingConnections.identity.contains { changedFields.contains($0.name) }
  }
}
