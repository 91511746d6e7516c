import Evaluation
import JSON
import Planning

extension PlanDigest.Target {
  fileprivate init(_ intent: Intent) {
    let connection = intent.before ?? intent.body?.object
    self.init(
      action: intent.action.rawValue, id: intent.before?["id"]?.int,
      name: connection?["name"]?.string)
  }

  /// The target's identity: its id or, for a create, its name.
  fileprivate var key: Self { id == nil ? self : Self(action: action, id: id, name: nil) }

  /// The target as planned if the run itself creates the connection: without an id.
  fileprivate var unnumbered: Self { Self(action: action, id: nil, name: name) }
}

extension RunHistory {
  /// Returns the targets for which no call was started.
  package func untried(of targets: [PlanDigest.Target]) -> [PlanDigest.Target] {
    let wanted = Set(targets.map(\.key))
    var started: [PlanDigest.Target: Int] = [:]
    for write in writes.values {
      let target = PlanDigest.Target(write.intent)
      started[wanted.contains(target.key) ? target.key : target.unnumbered, default: 0] += 1
    }
    return targets.filter { target in
      guard let count = started[target.key], count > 0 else { return true }
      started[target.key] = count - 1
      return false
    }
  }
}
