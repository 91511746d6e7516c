import JSON

/// The call for tags, which can change many connections at once. Source: Workato's documentation,
/// "Tags", and the behaviour of public clients: a success has status 200 and an empty body.
extension WriteCall {
  /// Number of connections that the API accepts in one call.
  package static let maxConnections = 100

  /// Handles may be placeholders in a call that is only shown. Without connections, the call is a
  /// template.
  package static func assignTags(
    add: [String] = [], remove: [String] = [], connections ids: [Int64]
  ) -> WriteCall {
    let change = TagChange(adding: add, removing: remove)
    return WriteCall(
      ids: ids, request: .assignTags(change, to: elements(ids)), success: .anyObject, kind: .tag,
      tags: change)
  }

  /// Returns one call for the connections of both, if both set and remove the same tags and one call
  /// may have so many connections; `nil` otherwise.
  package func merging(_ other: WriteCall) -> WriteCall? {
    guard let tags, tags == other.tags, !ids.isEmpty, !other.ids.isEmpty else { return nil }
    let all = ids + other.ids.filter { !ids.contains($0) }
    guard all.count <= Self.maxConnections else { return nil }
    return .assignTags(add: tags.added, remove: tags.removed, connections: all)
  }

  private static func elements(_ ids: [Int64]) -> [JSON] {
    ids.isEmpty ? [.string(placeholder(nil))] : ids.map(element)
  }

  private static func element(_ id: Int64) -> JSON {
    id < 0 ? .string(placeholder(id)) : .int(id)
  }
}
