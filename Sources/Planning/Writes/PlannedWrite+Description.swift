import API
import Evaluation
import JSON

extension PlannedWrite {
  package var cells: [Value] {
    let connection = connection
    return [
      .string(actionWords), connection.map { .int($0.id) } ?? .null,
      .string(connection?.name ?? newName),
      .string(connection?.member("application")?.string ?? ""), .string(change),
    ]
  }

  /// The action in words, such as `disconnect` or `disconnect force`.
  package var actionWords: String {
    if case .disconnect(_, force: true) = call { "disconnect force" } else { action.rawValue }
  }

  /// The name that a create sets; empty for other calls.
  package var newName: String {
    guard case .create(let fields) = call else { return "" }
    return fields.first { $0.name == "name" }?.value.shown.string ?? ""
  }

  private var change: String { changeWords.joined(separator: ", ") }

  /// One `field: before → after` for each field that the call sets.
  package var changeWords: [String] {
    switch call {
    case .create(let fields), .update(_, let fields):
      fields.map { member in
        let before = connection?.member(member.name).map { "\($0.text) → " } ?? ""
        return "\(member.name): \(before)\(member.words)"
      }
    default: []
    }
  }
}
