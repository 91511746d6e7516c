import API
import Evaluation
import JSON
import Language

/// Holds the targets of a plan against a fresh list. A target has drifted where a field that the
/// plan's conditions read, or that its writes change, has another value than the plan recorded.
package struct DriftDetector {
  /// Every connection of the workspace, by its id.
  private let listed: [Int64: Connection]
  /// What earlier writes of the plan change of a target; there, the plan recorded what they leave.
  private var changed: [Int64: Set<String>] = [:]
  package private(set) var drifted: Set<Int64> = []

  package init(_ listed: [Connection]) {
    self.listed = Dictionary(listed.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  /// The list that the proof needs: with tags only where one was read.
  package static func query(_ plan: SavedPlan) -> ListQuery {
    var query = ListQuery()
    query.includesRuntimeConnections = plan.header.includesRuntime
    query.includesTags = plan.entries.contains { entry in
      entry.matched.members.contains { ["tags", "raw", "raw.tags"].contains($0.name) }
    }
    return query
  }

  package func connection(_ id: Int64) -> Connection? { listed[id] }

  /// Takes note of a write that has begun already: its target is as the write left it.
  package mutating func pass(_ entry: SavedPlan.Entry) {
    guard let id = entry.write.call.id, id >= 0 else { return }
    changed[id, default: []].formUnion(entry.write.changedFields)
  }

  /// Returns why the write is not to be sent, or `nil`. To be asked in the order of the plan.
  package mutating func outcome(of entry: SavedPlan.Entry) -> Outcome? {
    guard let id = entry.write.call.id, id >= 0 else { return nil }
    if drifted.contains(id) { return .behind(.skipped) }
    let reason = drift(of: entry, id)
    changed[id, default: []].formUnion(entry.write.changedFields)
    guard let reason else { return nil }
    drifted.insert(id)
    return Outcome(.skipped, "drifted: \(reason)")
  }

  private func drift(of entry: SavedPlan.Entry, _ id: Int64) -> String? {
    guard let present = listed[id] else { return "the connection is gone" }
    let recorded = recorded(entry).filter { !isChanged($0.name, changed[id] ?? []) }
    let drifts = recorded.compactMap { name, before in
      let now = present.shown(name)
      return isSame(name, before, now) ? nil : "\(name): \(before.text) → \(now.text)"
    }
    return drifts.isEmpty ? nil : drifts.joined(separator: ", ")
  }

  /// What the plan recorded of the target, one value a field.
  private func recorded(_ entry: SavedPlan.Entry) -> [(name: String, value: JSON)] {
    let names = entry.write.changedFields
    let before = names.map { ($0, entry.write.connection?.member($0) ?? .null) }
    return entry.matched.members.map { ($0.name, $0.value) }
      + before.filter { entry.matched[$0.0] == nil }
  }

  /// `true` iff an earlier write of the plan changes the field, or what it is made of.
  private func isChanged(_ place: String, _ changed: Set<String>) -> Bool {
    switch place {
    case "raw", "raw.updated_at", "updated_at": !changed.isEmpty
    case "connected": !changed.isDisjoint(with: ["authorization_status", "authorized_at"])
    default: changed.contains(place.hasPrefix("raw.") ? String(place.dropFirst(4)) : place)
    }
  }

  /// Instants are compared as such, tags in any order; no tags are no tags.
  private func isSame(_ name: String, _ before: JSON, _ now: JSON) -> Bool {
    guard let field = Field.named(name), let old = Value(before, as: field.type),
      let new = Value(now, as: field.type)
    else { return before.sortingMembers == now.sortingMembers }
    guard case .list = field.type else { return old == new }
    return old.texts == new.texts
  }
}

extension Value {
  /// The elements of a list in an order of their own; those of null are none.
  fileprivate var texts: [[UInt8]] {
    (elements ?? []).map { Array($0.text.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

extension Outcome {
  /// What becomes of a write on a row that an earlier one was to act on, and did not.
  package static func behind(_ before: Kind) -> Outcome {
    Outcome(.skipped, "the action before was `\(before.rawValue)`")
  }
}
