import API
import Evaluation
import Language

/// Rejects a plan that needs the id of a connection it is going to create, because that id doesn't
/// exist yet. Only `parent_id` may use it: the plan then refers to the connection by number.
package enum PlaceholderIDCheck {
  package static func check(_ stage: CheckedStage, _ rows: [Row], _ environment: Environment)
    throws(RunError)
  {
    guard let write = stage.write else { return }
    let areMade = rows.contains { $0.isMade }
    for assignment in write.assignments where !assignment.isReference {
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
      .usage, "the id of a connection that the plan creates isn't known until it is created",
      help:
        "use it only as the `parent_id` of another connection, run the script directly, or plan "
        + "in two steps",
      at: span)
  }
}

extension CheckedAssignment {
  /// `true` iff the assignment sets `parent_id` to the id of a row.
  fileprivate var isReference: Bool {
    switch value.kind {
    case .field(_, "id"), .rowField(_, _, "id"): field.name == "parent_id"
    default: false
    }
  }
}

extension Row {
  /// `true` iff the row's connection is created only in the simulation.
  fileprivate var isMade: Bool { connection.map { $0.id < 0 } ?? false }
}

extension Environment {
  fileprivate func isMade(_ variable: String) -> Bool {
    if case .row(let row) = variables[variable] { row.isMade } else { false }
  }
}
