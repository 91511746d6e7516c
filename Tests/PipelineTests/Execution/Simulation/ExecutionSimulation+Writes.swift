import API
import Execution
import JSON
import Language

@testable import Evaluation
@testable import Planning

/// The writes of a simulated run.
extension ExecutionSimulation {
  mutating func makeWrite(_ number: Int64) -> PlannedWrite {
    let id = number * 2 + Int64(random.next() % 2)
    let before = world.list(at: 0).first { $0.id == id }
    let name = RequestBody.Member("name", .json(.string("new \(number)")))
    let same = RequestBody.Member("name", .json("new"))
    let input = RequestBody.Member("input", .json(.string("new \(number)")))
    let provider = RequestBody.Member("provider", .json("jira"))
    let (action, call): (WriteKind, WriteCall) =
      switch looksAlike && random.next() % 2 == 0 ? 0 : random.next() % 5 {
      case 0:
        (
          .create,
          .create([looksAlike ? same : name, provider] + (hasRivalCreates ? [input] : []))
        )
      case 1: (.update, .update(id: id, [name]))
      case 2: (.update, .update(id: id, [input]))
      case 3: (.disconnect, .disconnect(id: id, force: false))
      default: (.delete, .delete(id: id))
      }
    return PlannedWrite(
      action: action, call: call, connection: call.id == nil ? nil : before, effect: .write,
      span: SourceSpan(0, 0))
  }

  /// `true` iff all creates use the same name.
  var looksAlike: Bool { hasEqualCreates || hasRivalCreates }
}
