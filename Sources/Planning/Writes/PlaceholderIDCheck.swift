import API
import Evaluation
import Language

/// Finds values that need the id of a connection that the plan is going to make, because that id
/// doesn't exist yet. Only `parent_id` may use it freely: the plan refers to the connection by number.
struct PlaceholderIDCheck {
  let environment: Environment
  /// The assignments whose values are computed from such an id on the way.
  let computed: Set<SourceSpan>

  /// Returns `true` iff the value for this row depends on such an id.
  func isUnknown(_ assignment: CheckedAssignment, _ row: Row) -> Bool {
    if computed.contains(assignment.value.span) { return true }
    guard !assignment.isReference else { return false }
    return assignment.value.contains { operand in
      switch operand.kind {
      case .field(_, let name): row.isMade && NewIDs.holdID(name)
      case .rowField(let variable, _, let name):
        NewIDs.holdID(name) && environment.isMade(variable)
      default: false
      }
    }
  }

  /// The error for a plan file, which is applied without its script.
  static func unknown(_ span: SourceSpan) -> RunError {
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
