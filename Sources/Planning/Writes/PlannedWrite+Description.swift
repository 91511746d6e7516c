import API
import Evaluation
import JSON
import Language

extension PlannedWrite {
  /// The action with its flags, such as `disconnect` or `disconnect force`.
  package var actionWords: String {
    guard case .flag(let name) = definition.body, !members.isEmpty else { return action.rawValue }
    return "\(action.rawValue) \(name)"
  }

  /// `+ Accounting` for each tag that the call adds, and `- Accounting` for each that it removes.
  var tagWords: String {
    let left = changes["tags"]?.array?.compactMap(\.string) ?? []
    return members.tags.map { (left.contains($0.handle) ? "+ " : "- ") + $0.title }
      .joined(separator: ", ")
  }

  /// The name that a create sets; empty for other calls.
  package var newName: String { creates ? text("name") ?? "" : "" }

  /// The text that the call sets a member to, if it sets one.
  func text(_ name: String) -> String? {
    members.first { $0.name == name }?.value.shown.string
  }
}
