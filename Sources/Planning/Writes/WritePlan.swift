import API
import JSON
import Language

/// The writes of one pipeline or plan file. All of them are known before the first is sent, so that
/// guards and confirmation cover the whole set.
package struct WritePlan: Sendable {
  /// The number of rows that the script or plan file allows to be changed.
  package let bound: RowBound
  /// The number of rows that reach the first write stage.
  package let selected: Int
  /// The writes, in the order in which they will be sent.
  package let writes: [PlannedWrite]
  /// Every connection of the workspace; `nil` if it was not listed.
  package let population: [Connection]?

  package init(bound: RowBound, selected: Int, writes: [PlannedWrite], population: [Connection]?) {
    self.bound = bound
    self.selected = selected
    self.writes = writes
    self.population = population
  }

  /// Returns the plan with only the writes for which `isKept` is true.
  package func keeping(_ isKept: (PlannedWrite) -> Bool) -> WritePlan {
    WritePlan(
      bound: bound, selected: selected, writes: writes.filter(isKept), population: population)
  }

  /// The number of connections that the writes change.
  var targets: Int {
    let ids = Set(writes.compactMap(\.id).filter { $0 >= 0 })
    return ids.count + writes.count { $0.id == nil }
  }

  /// The targets with child connections that are not targets themselves.
  var parentsOfOthers: [Connection] {
    let targets = Set(writes.compactMap(\.id))
    let parents = (population ?? []).filter { !targets.contains($0.id) }
      .compactMap { $0.member("parent_id")?.int }
    let affected = targets.intersection(parents)
    return writes.compactMap(\.connection).filter { affected.contains($0.id) }.uniqued
  }

  var isDestructive: Bool { writes.contains { $0.effect == .destructive } }

  /// Returns the required confirmation: `y` for one write, their number for several, and the host
  /// name for destructive writes to more than a quarter of the workspace.
  package func answer(_ host: String) -> ConfirmationChallenge {
    if isDestructive, writes.count > 1, isLargePart { return .host(host) }
    return ConfirmationChallenge(writes: writes.count)
  }

  private var isLargePart: Bool {
    guard let population else { return true }
    return targets * 4 > population.count
  }
}

extension [Connection] {
  fileprivate var uniqued: [Connection] {
    var seen: Set<Int64> = []
    return filter { seen.insert($0.id).inserted }
  }
}
