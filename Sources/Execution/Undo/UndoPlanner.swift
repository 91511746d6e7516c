import Evaluation
import Language
import Planning
import Text

/// Plans the inverse of a run: updated connections get their values back, created ones are deleted,
/// and deleted ones are recreated as shells. Several writes to one connection are undone by one
/// write, the latest first. Connections that depend on a shell come in a later step.
package struct UndoPlanner {
  private let history: RunHistory
  private let run: String
  private let restored: RestoredWrites

  /// `run` is the run's id, `restored` what later runs have undone of it.
  package init(
    _ history: RunHistory, of run: String, restored: RestoredWrites = RestoredWrites()
  ) {
    self.history = history
    self.run = run
    self.restored = restored
  }

  /// The name of the plan that undoes a run, in place of a script's.
  package static func name(of run: String) -> String { "undo \(run)" }

  /// Returns the plan. `sha256` is the journal's hash, `tags` are the workspace's, if the run has read
  /// them. Throws if writes are in doubt.
  package func plan(
    sha256: String, at now: Timestamp, on workspace: WorkspaceIdentity, tags: TagDirectory? = nil
  ) throws(RunError) -> PlanDocument {
    try requireCertainty()
    let name = Self.name(of: run)
    let header = PlanHeader(name: name, hash: sha256, created: now, for: workspace)
    let order = UndoOrder(history, of: run, restored)
    let parts = order.parts(at: ScriptLocation(file: name, line: 0, column: 0))
    let plan = Plan(parts).numbered(from: 1)
    return PlanDocument(header, tags.map(plan.titled) ?? plan)
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
  private let inverses: [UndoAction]
  /// Shells to create, by the ids of the deleted connections.
  private let shells: [Int64: UndoAction]
  /// Connections to be detached from a parent, by the parent's id.
  private let leaving: [Int64: [UndoAction]]
  private let restored: RestoredWrites
  /// The number of steps before a connection's step.
  private var depths: [Int64: Int] = [:]

  init(_ history: RunHistory, of run: String, _ restored: RestoredWrites) {
    self.run = run
    self.restored = restored
    writes = history.done.count
    inverses = UndoAction.all(of: history).sorted { $0.number > $1.number }
      .filter { $0.isOpen(restored) }
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
    var made = restored.shells
    var shells: Int64 = 0
    var parts: [Plan.Part] = []
    for depth in levels.keys.sorted() {
      var writes: [PlannedWrite] = []
      for inverse in levels[depth] ?? [] {
        guard var write = inverse.write({ made[$0] ?? $0 }),
          !restored.contains(write, for: inverse.id)
        else { continue }
        if write.creates {
          shells += 1
          write.newID = -shells
          made[inverse.id] = write.newID
        }
        writes.append(write)
      }
      // Sorted by action, so that one call restores the tags of many connections.
      let tags = (levels[depth] ?? []).flatMap { inverse in
        inverse.tagWrites.filter { !restored.contains($0, for: inverse.id) }
      }
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
    let before =
      restored.runs.isEmpty ? "" : "; others were undone by run \(ListText.listed(restored.runs))"
    return "Undo \(count) of the \(writes) writes of run \(run)" + before
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

extension UndoAction {
  /// `true` unless everything that it would write has been done, or it has nothing to write; then only
  /// what can't be restored is left.
  fileprivate func isOpen(_ restored: RestoredWrites) -> Bool {
    let writes = [write { $0 }].compactMap { $0 } + tagWrites
    return writes.isEmpty || writes.contains { !restored.contains($0, for: id) }
  }
}
