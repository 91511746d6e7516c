import API
import Execution
import JSON
import Language
import Text

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
    let (action, members): (WriteAction, [RequestBody.Member]) =
      switch looksAlike && random.next() % 2 == 0 ? 0 : random.next() % (isTagging ? 15 : 5) {
      case 0: (.create, [looksAlike ? same : name, provider] + (hasRivalCreates ? [input] : []))
      case 1: (.update, [name])
      case 2: (.update, [input])
      case 3: (.disconnect, [])
      case 4: (.delete, [])
      case 5, 6: (.untag, [.tags([API.Tag(handle: "old", title: "Old")])])
      default: (.tag, [.tags([API.Tag(handle: "new", title: "New")])])
      }
    let isNew = action == .create
    return PlannedWrite(
      action, id: isNew ? nil : id, members, on: isNew ? nil : before, span: SourceSpan(0, 0))
  }

  /// `true` iff all creates use the same name.
  var looksAlike: Bool { hasEqualCreates || hasRivalCreates }
}
