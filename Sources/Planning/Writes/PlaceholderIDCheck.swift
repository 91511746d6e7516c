import API
import Evaluation
import Language

/// Refuses a plan that would write down the id of a connection which it is to make: nobody knows
/// it yet. As a parent, a plan names such a connection by its place.
package enum PlaceholderIDCheck {
  package static func check(_ stage: CheckedStage, _ rows: [Row], _ environment: Environment)
    throws(RunError)
  {
    guard case .assignments(let assignments) = stage.arguments else { return }
    let areMade = rows.contains { $0.isMade }
    for assignment in assignments where !assignment.isReference {
      let reads = assignment.value.contains { operand in
        switch operand.kind {
        case .field(_, let name): areMade && holdsID(name)
        case .rowField(let variable, _, let name):
          holdsID(name) && environment.isMade(variable)
        default: false
        }
      }
      if reads { throw unknown(assignment.value.span) }
    }
  }

  private static func holdsID(_ column: String) -> Bool { column == "id" || column == "raw" }

  private static func unknown(_ span: SourceSpan) -> RunError {
    RunError(
      .usage, "the id of a connection that the plan makes is not known before it is made",
      help:
        "it can be the `parent_id` of another; for all else run the script, or plan in two steps",
      at: span)
  }
}

extension CheckedAssignment {
  /// `true` iff the value is the id of a row, for a parent.
  fileprivate var isReference: Bool {
    switch value.kind {
    case .field(_, "id"), .rowField(_, _, "id"): field.name == "parent_id"
    default: false
    }
  }
}

extension Row {
  /// `true` iff the connection was only pretended to be made.
  fileprivate var isMade: Bool { (connection?.id ?? 0) < 0 }
}

extension Environment {
  fileprivate func isMade(_ variable: String) -> Bool {
    if case .row(let row) = variables[variable] { row.isMade } else { false }
  }
}
