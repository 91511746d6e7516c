import Evaluation
import Language

/// The fields that only the server can tell after some writes, so that no plan can simulate them: the
/// time of the change, the id and state of a new connection, and what a login with new credentials did.
struct UnknownFields: Sendable {
  private var names: Set<String> = []

  private static let ofLogins: Set<String> = [
    "connected", "authorization_status", "authorization_error", "authorized_at",
    "connection_lost_at", "connection_lost_reason",
  ]
  private static let ofNewConnections: Set<String> = ["id", "created_at"]

  mutating func add(_ write: WriteStage) {
    let creates = write.action.definition.creates
    let sendsCredentials = write.assignments.contains { $0.field.isConfidential }
    names.formUnion(["updated_at", "raw"])
    if creates { names.formUnion(Self.ofNewConnections) }
    if creates || sendsCredentials { names.formUnion(Self.ofLogins) }
  }

  /// Returns the first stage that selects or orders rows by such a field.
  func firstSelecting(in pipeline: CheckedPipeline) -> CheckedStage? {
    pipeline.stages.first { stage in
      stage.write == nil
        && stage.arguments.expressions.contains { !$0.fieldsRead.isDisjoint(with: names) }
    }
  }

  /// Returns `true` iff the expression reads such a field of a row in one of the variables.
  func areRead(by expression: CheckedExpression, in variables: OutcomeVariables) -> Bool {
    expression.contains { operand in
      guard case .rowField(let name, _, let column) = operand.kind else { return false }
      return variables.contains(name) && names.contains(column)
    }
  }
}
