import API
import JSON
import Language

/// A stage that sends a call for each row: the action, and the parts of the request body that the
/// script determines.
package struct WriteStage: Sendable {
  package let action: WriteAction
  /// The fields of the body whose values are computed for each row.
  package let assignments: [CheckedAssignment]
  /// What the create does if the connection already exists.
  package let existing: ExistencePolicy
  /// The members of the body that are the same in every call.
  package let constants: [RequestBody.Member]
  /// The tags to add or remove: titles or handles, or lists of them.
  package let tags: [CheckedExpression]

  init(
    _ action: WriteAction, _ assignments: [CheckedAssignment] = [],
    existing: ExistencePolicy = .ignore, flags: Set<String> = [],
    tags: [CheckedExpression] = []
  ) {
    self.action = action
    self.assignments = assignments
    self.existing = existing
    constants = flags.sorted().map { RequestBody.Member($0, .json(.bool(true))) }
    self.tags = tags
  }
}
