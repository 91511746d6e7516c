import API
import Evaluation
import JSON
import Language
import Planning
import Text

/// Plans the inverse of a run: updated connections get their values back, created ones are deleted,
/// and deleted ones are recreated as shells. Several writes to one connection are undone by one
/// write, the latest first. Connections that depend on a shell come in a later step.
package struct UndoPlanner {
  private let history: RunHistory
  private let run: String

  /// `run` is the run's id.
  package init(_ history: RunHistory, of run: String) {
    self.history = history
    self.run = run
  }

  /// Returns the plan. `sha256` is the journal's hash. Throws if writes are in doubt.
  package func plan(sha256: String, at now: Timestamp, on workspace: WorkspaceIdentity)
    throws(RunError) -> PlanDocument
  {
    try requireCertainty()
    let name = "undo \(run)"
    let header = PlanHeader(
      version: Version.number, created: now, script: PlanHeader.Text(name: name, hash: sha256),
      files: [], parameters: JSON.Object(), now: now, workspace: workspace,
      limits: PlanHeader.Limits(), includesRuntime: true, assumptions: [])
    let order = UndoOrder(history, of: run)
    let parts = order.parts(at: ScriptLocation(file: name, line: 0, column: 0))
    return PlanDocument(header, Plan(parts).numbered(from: 1))
  }

  /// The data that undo can't restore, one line each.
  package var lost: [String] {
    UndoAction.all(of: history).flatMap { inverse in
      inverse.lost.map { "\(inverse.id) \(inverse.name) (\($0))" }
    }
  }

  /// Throws if writes are in doubt, since it is unknown whether there is anything to undo.
  private func requireCertainty() throws(RunError) {
    let count = history.doubts.count
    guard count > 0 else { return }
    let them = count.agreeing("it", "them")
    throw RunError(
      .usage, "run \(run) has \(count.counted("write")) in doubt",
      help: history.start?.canResume == false
        ? "look \(them) up in Workato and record \(them) with --settle (conn show \(run) shows how)"
        : "run conn resume \(run) first: it finds out what became of \(them)")
  }
}

/// Orders the inverse writes of a run into parts.
private struct UndoOrder {
  private let run: String
  private let writes: Int
  /// Inverse actions, the latest first.
  private let inverses: [UndoAction]
  /// Shells to create, by the ids of the deleted connections.
  private let shells: [Int64: UndoAction]
  /// Connections to be detached from a parent, by the parent's id.
  private let leaving: [Int64: [UndoAction]]
  /// The number of steps before a connection's step.
  private var depths: [Int64: Int] = [:]

  init(_ history: RunHistory, of run: String) {
    self.run = run
    writes = history.done.count
    inverses = UndoAction.all(of: history).sorted { $0.number > $1.number }
    shells = Dictionary(
      inverses.filter { $0.kind == .shell }.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    leaving = Dictionary(grouping: inverses.filter { $0.leaves != nil }) { $0.leaves ?? 0 }
    for inverse in inverses { _ = depth(of: inverse) }
  }

  /// Computes the depth; a cycle of parents ends where it started.
  private mutating func depth(of inverse: UndoAction) -> Int {
    if let depth = depths[inverse.id] { return depth }
    depths[inverse.id] = 0
    let depth: Int
    if inverse.kind == .delete {
      depth = (leaving[inverse.id] ?? []).map { self.depth(of: $0) }.max() ?? 0
    } else {
      depth = inverse.parent.flatMap { shells[$0] }.map { self.depth(of: $0) + 1 } ?? 0
    }
    depths[inverse.id] = depth
    return depth
  }

  func parts(at location: ScriptLocation) -> [Plan.Part] {
    let levels = Dictionary(grouping: inverses) { depths[$0.id] ?? 0 }
    // Negative ids refer to the shells that the plan has created so far.
    var made: [Int64: Int64] = [:]
    var parts: [Plan.Part] = []
    for depth in levels.keys.sorted() {
      var writes: [PlannedWrite] = []
      for inverse in levels[depth] ?? [] {
        guard var write = inverse.write({ made[$0] ?? $0 }) else { continue }
        if write.creates {
          write.newID = -Int64(made.count + 1)
          made[inverse.id] = write.newID
        }
        writes.append(write)
      }
      // Sorted by action, so that one call restores the tags of many connections.
      let tags = (levels[depth] ?? []).flatMap(\.tagWrites)
      writes += WriteAction.allCases.flatMap { action in tags.filter { $0.action == action } }
      for index in writes.indices { writes[index].location = location }
      guard !writes.isEmpty else { continue }
      parts.append(
        Plan.Part(
          location: location,
          sentence: parts.isEmpty ? sentence : "Then the connections that depend on those.",
          selected: writes.count, population: nil, writes: writes))
    }
    return parts
  }

  private var sentence: String {
    let count = inverses.map(\.undone).reduce(0, +)
    let lost = ListText.listed(Set(inverses.flatMap(\.lost)).sorted())
    return "Undo \(count) of the \(writes) writes of run \(run)"
      + (lost.isEmpty ? "." : "; can't be restored: \(lost).")
  }
}

extension RunHistory {
  /// The writes that were done, in order.
  var done: [RecordedWrite] {
    writes.values.filter { $0.outcome?.kind == .done }
      .sorted { $0.intent.number < $1.intent.number }
  }
}
