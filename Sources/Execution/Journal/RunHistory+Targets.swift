import JSON
import Planning

extension RecordedPlan.Target {
  fileprivate init(_ intent: Intent) {
    let connection = intent.before ?? intent.body?.object
    self.init(
      action: intent.action, id: intent.before?["id"]?.int, name: connection?["name"]?.string)
  }

  /// What a call is known by: the id, or, before there is one, the name.
  fileprivate var key: Self { id == nil ? self : Self(action: action, id: id, name: nil) }

  /// As it was planned where the run itself made the connection.
  fileprivate var unnumbered: Self { Self(action: action, id: nil, name: name) }
}

extension RunHistory {
  /// Those of the targets that no call was begun for.
  package func untried(of targets: [RecordedPlan.Target]) -> [RecordedPlan.Target] {
    let wanted = Set(targets.map(\.key))
    var begun: [RecordedPlan.Target: Int] = [:]
    for write in writes.values {
      let target = RecordedPlan.Target(write.intent)
      begun[wanted.contains(target.key) ? target.key : target.unnumbered, default: 0] += 1
    }
    return targets.filter { target in
      guard let count = begun[target.key], count > 0 else { return true }
      begun[target.key] = count - 1
      return false
    }
  }
}
