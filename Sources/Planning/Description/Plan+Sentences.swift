import API
import Evaluation
import JSON
import Language
import Text

/// Describes writes in one plain sentence, such as ``Update `name` of the 2 connections, then delete
/// them.``
///
/// Unlike ``PlanSummary`` it needs no script. It says only what follows from the writes themselves, so
/// it can't differ from what will be sent, wherever the writes come from.
struct WritesSentence {
  /// The writes of each stage, be it of one or of several rounds through a pipeline.
  let stages: [[PlannedWrite]]
  /// The number of connections in the workspace; `nil` to leave it out.
  var population: Int?

  /// The sentence without its full stop.
  var words: String { stages.indices.map(action).joined(separator: ", then ") }

  private func action(_ index: Int) -> String {
    let writes = stages[index]
    let verb = writes[0].definition.phrase(Self.details(writes))
    let phrase = index == 0 ? verb : verb.prefix(1).lowercased() + verb.dropFirst()
    let isSame = index > 0 && Self.targets(writes) == Self.targets(stages[index - 1])
    let total = index == 0 ? population.map { " (of \($0))" } ?? "" : ""
    let targets = isSame ? writes.count.agreeing("it", "them") : Self.counted(writes)
    return "\(phrase) \(targets)\(total)"
  }

  private static func counted(_ writes: [PlannedWrite]) -> String {
    let count = writes.targetCount
    guard count == 1, let target = writes[0].connection else {
      return (writes[0].creates ? "" : "the ") + count.counted("connection")
    }
    return Connection.definiteName(target)
  }

  private static func targets(_ writes: [PlannedWrite]) -> Set<Int64> {
    Set(writes.compactMap(\.planID))
  }

  /// The fields or tags that the writes change, without repetition.
  private static func details(_ writes: [PlannedWrite]) -> [String] {
    var seen: Set<String> = []
    return writes.flatMap { write in
      let titles = write.members.tags.map { JSON.string($0.title).text }
      return titles.isEmpty ? write.members.map(\.name) : titles
    }.filter { seen.insert($0).inserted }
  }
}

extension Plan {
  /// The plan as it is shown: the rounds of a loop through the same pipeline are one part, with one
  /// sentence.
  package var joiningRounds: Plan {
    var plan = self
    plan.parts = rounds.map { $0.count == 1 ? $0[0] : Part($0) }
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
  fileprivate init(_ rounds: [Plan.Part]) {
    let isBounded = rounds.allSatisfy { $0.bound != .unbounded }
    self.init(
      location: rounds[0].location, conditions: rounds.flatMap(\.conditions).withoutRepeats,
      selected: rounds.map(\.selected).reduce(0, +),
      population: rounds.compactMap(\.population).max(),
      bound: isBounded ? nil : .unbounded, writes: rounds.flatMap(\.writes))
    // Connections with negative ids are made by the plan itself.
    for known in rounds.map({ $0.children.mapValues { $0.filter { $0 > 0 } } }) {
      children.merge(known) { $0.union($1) }
    }
    let words = WritesSentence(stages: writes.byStage, population: population).words
    sentence = "\(words), in \(rounds.count) rounds of a loop\(parentsRemark)."
  }

  /// Names the targets whose child connections aren't targets; empty if there are none.
  var parentsRemark: String {
    let targets = Set(writes.compactMap(\.id))
    var seen: Set<Int64> = []
    let parents = writes.compactMap(\.connection).filter { target in
      children[target.id].map { !$0.isSubset(of: targets) } ?? false
        && seen.insert(target.id).inserted
    }
    guard !parents.isEmpty else { return "" }
    if self.targets == 1 { return "; it has child connections that are not in this list" }
    let verb = parents.count.counted("has", "have")
    let names = parents.briefly(Connection.briefName)
    return "; \(verb) child connections that are not in this list (\(names))"
  }
}

extension Sequence<Connection> {
  package var byID: [Int64: Connection] {
    Dictionary(map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The ids of the children of each parent.
  package var children: [Int64: Set<Int64>] {
    reduce(into: [:]) { children, connection in
      guard let parent = connection.member("parent_id")?.int else { return }
      children[parent, default: []].insert(connection.id)
    }
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
    return stages.sorted { one, other in
      let (one, other) = (one[0].location, other[0].location)
      return (one.line, one.column) < (other.line, other.column)
    }
  }
}

extension Plan {
  /// For each kind of write that can't be undone, what is lost, as sentences.
  package var losses: [String] {
    writes.filter { !$0.definition.canBeUndone($0.effect) }.undoing.map { $0 + "." }
  }
}

extension [PlannedWrite] {
  /// For each kind of write, whether it can be undone.
  var undoing: [String] {
    var order: [[String]] = []
    var counts: [[String]: Int] = [:]
    for write in self {
      let kind = [write.actionWords, write.definition.undoing(write.effect)]
      if counts[kind] == nil { order.append(kind) }
      counts[kind, default: 0] += 1
    }
    return order.map { kind in
      "`\(kind[0])` of \((counts[kind] ?? 0).counted("connection")) \(kind[1])"
    }
  }
}
