import API
import JSON
import Language

/// The writes of one pipeline, or of a plan file, all of them known before the first is sent.
package struct WritePlan: Sendable {
  /// How many rows the text, or the plan file, lets be written to.
  package let bound: RowBound
  /// How many rows the first write stage is given.
  package let selected: Int
  /// In the order in which they will be sent.
  package let writes: [PlannedWrite]
  /// Every connection of the workspace, where it was listed.
  package let population: [Connection]?

  package init(bound: RowBound, selected: Int, writes: [PlannedWrite], population: [Connection]?) {
    self.bound = bound
    self.selected = selected
    self.writes = writes
    self.population = population
  }

  /// The same plan with some of its writes.
  package func keeping(_ isKept: (PlannedWrite) -> Bool) -> WritePlan {
    WritePlan(
      bound: bound, selected: selected, writes: writes.filter(isKept), population: population)
  }

  /// How many connections the writes touch.
  var targets: Int {
    let ids = Set(writes.compactMap(\.call.id).filter { $0 >= 0 })
    return ids.count + writes.count { $0.call.id == nil }
  }

  /// The targets that are parents of connections which are not targets.
  var parentsOfOthers: [Connection] {
    let targets = Set(writes.compactMap(\.call.id))
    let parents = (population ?? []).filter { !targets.contains($0.id) }
      .compactMap { $0.member("parent_id")?.int }
    let affected = targets.intersection(parents)
    return writes.compactMap(\.connection).filter { affected.contains($0.id) }.uniqued
  }

  var isDestructive: Bool { writes.contains { $0.effect == .destructive } }

  /// One row: y; several: their number; destructive on more than a quarter: the host.
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
