import API
import Evaluation
import JSON
import Language

extension PlannedWrite {
  package var cells: [Value] {
    let connection = connection
    return [
      .string(actionWords), connection.map { .int($0.id) } ?? .null,
      .string(connection?.name ?? newName),
      .string(connection?.member("application")?.string ?? ""),
      .string(changeWords.joined(separator: ", ")),
    ]
  }

  /// The action with its flags, such as `disconnect` or `disconnect force`.
  package var actionWords: String {
    guard case .flag(let name) = definition.body, !members.isEmpty else { return action.rawValue }
    return "\(action.rawValue) \(name)"
  }

  /// The name that a create sets; empty for other calls.
  package var newName: String { creates ? text("name") ?? "" : "" }

  /// The text that the call sets a member to, if it sets one.
  func text(_ name: String) -> String? {
    members.first { $0.name == name }?.value.shown.string
  }

  /// One `field: before → after` for each field that the call sets.
  package var changeWords: [String] {
    guard case .fields = definition.body else { return [] }
    return members.map { member in
      let before = connection?.member(member.name).map { "\($0.text) → " } ?? ""
      return "\(member.name): \(before)\(member.text)"
    }
  }
}
