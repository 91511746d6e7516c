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

  private init(
    _ action: WriteAction, _ assignments: [CheckedAssignment] = [],
    existing: ExistencePolicy = .ignore, constants: [RequestBody.Member] = [],
    tags: [CheckedExpression] = []
  ) {
    self.action = action
    self.assignments = assignments
    self.existing = existing
    self.constants = constants
    self.tags = tags
  }

  static func create(_ creation: CheckedCreation) -> WriteStage {
    WriteStage(.create, creation.assignments, existing: creation.existing)
  }

  static func update(_ assignments: [CheckedAssignment]) -> WriteStage {
    WriteStage(.update, assignments)
  }

  static func disconnect(isForced: Bool) -> WriteStage {
    WriteStage(
      .disconnect,
      constants: isForced ? [RequestBody.Member("force", .json(.bool(true)))] : [])
  }

  static let delete = WriteStage(.delete)

  static func tag(_ tags: [CheckedExpression]) -> WriteStage { WriteStage(.tag, tags: tags) }

  static func untag(_ tags: [CheckedExpression]) -> WriteStage { WriteStage(.untag, tags: tags) }
}
