import Language
import Text

/// The verbs for write stages in confirmation sentences.
package enum Verbs {
  static let update: @Sendable (CheckedStage.Arguments) -> String = { arguments in
    guard case .assignments(let assignments) = arguments else { return "Update" }
    return "Update " + ListText.listed(assignments.map { "`\($0.field.name)`" }) + " of"
  }

  static let disconnect: @Sendable (CheckedStage.Arguments) -> String = { arguments in
    if case .flags(let flags) = arguments, flags.contains("force") {
      "Force-disconnect"
    } else {
      "Disconnect"
    }
  }
}
