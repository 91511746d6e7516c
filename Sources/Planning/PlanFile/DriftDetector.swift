import API
import Evaluation
import JSON
import Language
import Text

/// Compares the targets of a plan with a fresh list. A target has drifted if a field that the
/// plan's conditions read, or that its writes change, no longer has the recorded value. Changes to
/// other fields don't matter.
package struct DriftDetector {
  /// Every connection of the workspace, by id.
  private let listed: [Int64: Connection]
  private let doubt: String?
  /// The fields of each target that earlier writes of the plan change. For these, the plan recorded
  /// the value those writes leave, not the current one.
  private var changed: [Int64: Set<String>] = [:]
  package private(set) var drifted: Set<Int64> = []
  /// The workspace as the earlier writes of the plan leave it, for its creates.
  private var overlay = WorkspaceOverlay()
  /// `nil` until a create looks for its connection.
  private var existing: ExistingConnections?

  package init(_ list: ConnectionList) {
    listed = list.connections.byID
    doubt = list.doubt
  }

  /// Returns the list query that the comparison needs; tags are included only if a condition read
  /// them or a write changes them.
  package static func query(_ file: PlanFile) -> ListQuery {
    var query = ListQuery()
    query.includesRuntimeConnections = file.header.includesRuntime
    query.includesTags = file.plan.writes.contains { write in
      write.readsTags
        || write.matched.members.contains { ["tags", "raw", "raw.tags"].contains($0.name) }
    }
    return query
  }

  package func connection(_ id: Int64) -> Connection? { listed[id] }

  /// Registers a write that has already started: its target is as the write left it.
  package mutating func pass(_ write: PlannedWrite) {
    guard let id = write.id, id >= 0 else { return }
    changed[id, default: []].formUnion(write.changedFields)
    pretend(write)
  }

  /// Applies a write to the workspace in which creates look for their connections.
  private mutating func pretend(_ write: PlannedWrite) {
    guard write.definition.lifecycle == .ends || write.changesIdentity else { return }
    _ = overlay.apply(write)
    existing = nil
  }

  /// Returns the outcome of a write that must not be sent, or `nil` if it may be. Call this in plan
  /// order.
  package mutating func outcome(of write: PlannedWrite) -> Outcome? {
    if write.creates { return repetition(of: write) }
    guard let id = write.id, id >= 0 else { return nil }
    if drifted.contains(id) { return .behind(.skipped) }
    let reason = drift(of: write, id) ?? newChildren(of: write, id)
    changed[id, default: []].formUnion(write.changedFields)
    guard let reason else {
      pretend(write)
      return nil
    }
    drifted.insert(id)
    return Outcome(.skipped, "drifted: \(reason)")
  }

  /// Returns the outcome of a create whose connection now exists; `nil` if there is none.
  private mutating func repetition(of write: PlannedWrite) -> Outcome? {
    guard write.existing != .ignore else { return nil }
    guard let found = existing(like: write) else {
      return doubt.map {
        Outcome(
          .skipped, "the list doesn't show whether it exists, since it may be incomplete: \($0)")
      }
    }
    if write.existing == .keep {
      return Outcome(.unchanged, "exists", connection: found)
    }
    write.newID.map { _ = drifted.insert($0) }
    return Outcome(.skipped, "drifted: \(Connection.briefName(found)) now exists")
  }

  private mutating func existing(like write: PlannedWrite) -> Connection? {
    var known = existing ?? ExistingConnections(overlay.applied(to: Array(listed.values)))
    defer { existing = known }
    return known.first(like: write)?.connection
  }

  private func drift(of write: PlannedWrite, _ id: Int64) -> String? {
    guard let present = listed[id] else {
      return doubt.map { "the list doesn't show it, but may be incomplete: \($0)" }
        ?? "the connection no longer exists"
    }
    let recorded = recorded(write).filter { !isChanged($0.name, changed[id] ?? []) }
    let drifts = recorded.compactMap { name, before in
      let now = present.shown(name)
      if before.isRedacted || before.isMasked {
        return "\(name): redacted, because it held a secret"
      }
      return isSame(name, before, now) ? nil : "\(name): \(before.text) → \(now.text)"
    }
    return drifts.isEmpty ? nil : drifts.joined(separator: ", ")
  }

  /// Names the children that a connection has got since it was made, if the plan says that it had none.
  private func newChildren(of write: PlannedWrite, _ id: Int64) -> String? {
    guard write.matched[Self.children] == .array([]) else { return nil }
    let children = listed.values.filter {
      $0.member("parent_id")?.int == id
        && (drifted.contains($0.id) || changed[$0.id]?.contains("parent_id") != true)
    }
    return children.isEmpty
      ? nil : "children: \(children.sorted { $0.id < $1.id }.briefly(Connection.briefName))"
  }

  /// The name under which a plan records the children that it found.
  package static let children = "children"

  /// Returns the values that the plan recorded for the target, one per field.
  private func recorded(_ write: PlannedWrite) -> [(name: String, value: JSON)] {
    let names = write.changedFields
    let before = names.map { ($0, write.connection?.member($0) ?? .null) }
    return write.matched.members.map { ($0.name, $0.value) }.filter { $0.0 != Self.children }
      + before.filter { write.matched[$0.0] == nil }
  }

  /// Returns `true` iff an earlier write of the plan changes the field, or a field it is derived
  /// from.
  private func isChanged(_ path: String, _ changed: Set<String>) -> Bool {
    switch path {
    case "raw", "raw.updated_at", "updated_at": !changed.isEmpty
    case "connected": !changed.isDisjoint(with: ["authorization_status", "authorized_at"])
    default: changed.contains(path.hasPrefix("raw.") ? String(path.dropFirst(4)) : path)
    }
  }

  /// Compares two values of a field: timestamps as instants, tags in any order, null tags as empty.
  private func isSame(_ name: String, _ before: JSON, _ now: JSON) -> Bool {
    guard let field = Field.named(name), let old = Value(before, as: field.type),
      let new = Value(now, as: field.type)
    else { return before.sortingMembers == now.sortingMembers }
    guard case .list = field.type else { return old == new }
    return old.texts == new.texts
  }
}

extension Value {
  /// The elements of a list as bytes, sorted; empty for null.
  fileprivate var texts: [[UInt8]] {
    (elements ?? []).map { Array($0.text.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

extension Outcome {
  /// Returns the outcome of a write whose row an earlier write failed to change.
  package static func behind(_ before: Kind) -> Outcome {
    Outcome(.skipped, "the previous action was `\(before.rawValue)`")
  }
}
