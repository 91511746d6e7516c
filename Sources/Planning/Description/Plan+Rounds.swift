import API
import Evaluation
import JSON
import Language
import Text

extension Plan {
  /// Returns the plan as it is shown: the rounds of a loop through the same pipeline are one part, with
  /// one sentence. `listed` are the connections of the workspace, if they were listed.
  package func joiningRounds(among listed: [Connection]?) -> Plan {
    var plan = self
    plan.parts = []
    for rounds in rounds {
      plan.parts.append(rounds.count == 1 ? rounds[0] : Part(rounds, among: listed))
    }
    return plan
  }

  /// The parts, those of one pipeline together. Parts without a place in a script stay apart.
  private var rounds: [[Part]] {
    parts.reduce(into: []) { rounds, part in
      let known = rounds.firstIndex { $0[0].location == part.location }
      if let known, part.location.column > 0 {
        rounds[known].append(part)
      } else {
        rounds.append([part])
      }
    }
  }
}

extension Plan.Part {
  /// All rounds through one pipeline.
  fileprivate init(_ rounds: [Plan.Part], among listed: [Connection]?) {
    let isBounded = rounds.allSatisfy { $0.bound != .unbounded }
    self.init(
      location: rounds[0].location, conditions: rounds.flatMap(\.conditions).withoutRepeats,
      selected: rounds.map(\.selected).reduce(0, +),
      population: rounds.compactMap(\.population).max(),
      bound: isBounded ? nil : .unbounded, writes: rounds.flatMap(\.writes))
    let words = WritesSentence(rounds: writes.byStage, population: population).words
    sentence = "\(words), in \(rounds.count) rounds of a loop\(parentsRemark(among: listed ?? []))."
  }

  /// Names the targets whose child connections aren't targets; empty if there are none.
  func parentsRemark(among listed: [Connection]) -> String {
    let parents = parentsOfOthers(among: listed)
    guard !parents.isEmpty else { return "" }
    if targets == 1 { return "; it has child connections that are not in this list" }
    let verb = parents.count.counted("has", "have")
    let names = parents.briefly(Connection.briefName)
    return "; \(verb) child connections that are not in this list (\(names))"
  }

  /// The targets with child connections that are not targets themselves.
  private func parentsOfOthers(among listed: [Connection]) -> [Connection] {
    let targets = Set(writes.compactMap(\.id))
    let parents = listed.filter { !targets.contains($0.id) }
      .compactMap { $0.member("parent_id")?.int }
    let affected = targets.intersection(parents)
    var seen: Set<Int64> = []
    return writes.compactMap(\.connection)
      .filter { affected.contains($0.id) && seen.insert($0.id).inserted }
  }
}

extension [PlannedWrite] {
  /// The writes of each stage, in the order of the stages in the script.
  fileprivate var byStage: [[PlannedWrite]] {
    let stages = reduce(into: [[PlannedWrite]]()) { stages, write in
      if let known = stages.firstIndex(where: { $0[0].isOfSameStage(as: write) }) {
        stages[known].append(write)
      } else {
        stages.append([write])
      }
    }
    return stages.sorted { $0[0].location.isBefore($1[0].location) }
  }
}

extension ScriptLocation {
  fileprivate func isBefore(_ other: ScriptLocation) -> Bool {
    (line, column) < (other.line, other.column)
  }
}
