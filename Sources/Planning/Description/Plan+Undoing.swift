import Text

extension Plan.Part {
  /// For each kind of write, whether it can be undone.
  var undoing: [String] { writes.undoing }
}

extension Plan {
  /// For each kind of write that can't be undone, what is lost, as sentences.
  package var losses: [String] {
    writes.filter { !$0.definition.canBeUndone($0.effect) }.undoing.map { $0 + "." }
  }
}

extension [PlannedWrite] {
  fileprivate var undoing: [String] {
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
