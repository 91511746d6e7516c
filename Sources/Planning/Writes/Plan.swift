import API
import JSON
import Language
import Text

/// The writes that are going to be sent, in order.
///
/// What is shown, confirmed, saved, sent and taken back is this value: the question, a dry run, a
/// plan file, the journal, the executor and undo read it, and nothing else decides what is sent.
package struct Plan: Sendable {
  /// One part per pipeline that writes, in the order in which they are carried out.
  package var parts: [Part]

  /// Remarks that are shown before the question, as sentences.
  package let notes: [String]

  package init(_ parts: [Part] = [], notes: [String] = []) {
    (self.parts, self.notes) = (parts, notes)
  }

  /// The writes of one pipeline.
  package struct Part: Sendable {
    package let location: ScriptLocation
    /// A description of the writes in plain words.
    package var sentence: String
    /// The text of each condition that the rows satisfied.
    package let conditions: [String]
    /// A script that selects the rows from a list; `nil` if there is none.
    package let selection: String?
    /// The number of rows that reached the first write stage.
    package internal(set) var selected: Int
    /// The number of connections in the workspace; `nil` if it was not listed.
    package var population: Int?
    /// The ids of the workspace's connections with a parent, by that; empty if it was not listed.
    package var children: [Int64: Set<Int64>] = [:]
    /// The number of rows that the script allows to be changed.
    package internal(set) var bound: RowBound
    package var writes: [PlannedWrite]

    package init(
      location: ScriptLocation, sentence: String = "", conditions: [String] = [],
      selection: String? = nil, selected: Int,
      population: Int?, bound: RowBound? = nil, writes: [PlannedWrite]
    ) {
      self.location = location
      self.sentence = sentence
      self.conditions = conditions
      self.selection = selection
      self.selected = selected
      self.population = population
      self.bound = bound ?? .atMost(writes.count)
      self.writes = writes
    }
  }
}

extension Plan {
  package var writes: [PlannedWrite] { parts.flatMap(\.writes) }

  package var isEmpty: Bool { parts.allSatisfy(\.writes.isEmpty) }

  /// The sentences of all parts that write, one per line; numbered if the plan has several parts.
  package var sentence: String {
    parts.indices.filter { !parts[$0].writes.isEmpty }.map { index in
      let sentence = parts[index].sentence.escapingHiddenCharacters()
      return parts.count > 1 ? "\(index + 1). \(sentence)" : sentence
    }.joined(separator: "\n")
  }

  /// The text of each condition that rows of any part satisfied, once.
  package var conditions: [String] { parts.flatMap(\.conditions).withoutRepeats }

  package var secrets: Set<SecretReference> {
    writes.reduce(into: []) { $0.formUnion($1.call.request.body?.secrets ?? []) }
  }

  package func keeping(_ isKept: (PlannedWrite) -> Bool) -> Plan {
    var plan = self
    for index in plan.parts.indices { plan.parts[index].writes.removeAll { !isKept($0) } }
    return plan
  }

  package func numbered(from first: Int) -> Plan {
    var (plan, number) = (self, first)
    for part in plan.parts.indices {
      for write in plan.parts[part].writes.indices {
        plan.parts[part].writes[write].number = number
        number += 1
      }
    }
    return plan
  }

  /// Returns `true` iff both make the same calls and replace the same values, so that whoever has seen
  /// one knows the other.
  package func showsTheSame(as other: Plan) -> Bool {
    let (writes, others) = (writes, other.writes)
    return writes.count == others.count
      && zip(writes, others).allSatisfy { $0.call == $1.call && $0.replaced == $1.replaced }
  }

  /// Returns the required confirmation: `y` for one write, their number for several, and the host
  /// name for destructive writes to more than a quarter of the workspace.
  package func challenge(_ host: String) -> ConfirmationChallenge {
    let writes = writes
    let isDestructive = writes.contains { $0.effect == .destructive }
    if isDestructive, writes.count > 1, isLargePart(writes) { return .name(host) }
    return ConfirmationChallenge(writes: writes.count)
  }

  private func isLargePart(_ writes: [PlannedWrite]) -> Bool {
    guard let population = parts.compactMap(\.population).max() else { return true }
    return writes.targetCount * 4 > population
  }
}

extension Plan.Part {
  /// The number of connections that the writes change.
  var targets: Int { writes.targetCount }

  /// The writes of each stage, in order. Within a stage, none depends on another.
  package var stages: [[PlannedWrite]] {
    writes.reduce(into: []) { stages, write in
      if stages.last?.last?.isOfSameStage(as: write) == true {
        stages[stages.count - 1].append(write)
      } else {
        stages.append([write])
      }
    }
  }
}

extension PlannedWrite {
  fileprivate var replaced: [JSON?] { changedFields.map { connection?.member($0) } }
}

extension [PlannedWrite] {
  /// The number of connections that the writes change or make.
  var targetCount: Int { Set(compactMap(\.planID)).count + count { $0.planID == nil } }
}

extension [String] {
  package var withoutRepeats: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
