import API
import JSON
import Language
import Text

/// A stage that sends a call for each row: the action, and the parts of the request body that the
/// script determines.
package struct WriteStage: Sendable {
  package let action: WriteAction
  /// The verb in confirmation sentences, such as `Force-disconnect`. If the stage names tags, they
  /// follow, and then ``particle``.
  package let verb: String
  package let particle: String
  /// The fields of the body whose values are computed for each row.
  package let assignments: [CheckedAssignment]
  /// The members of the body that are the same in every call.
  package let constants: [RequestBody.Member]
  /// The tags to add or remove: titles or handles, or lists of them.
  package let tags: [CheckedExpression]

  private init(
    _ action: WriteAction, verb: String, _ assignments: [CheckedAssignment] = [],
    constants: [RequestBody.Member] = [], tags: [CheckedExpression] = [], particle: String = ""
  ) {
    self.action = action
    self.verb = verb
    self.assignments = assignments
    self.constants = constants
    self.tags = tags
    self.particle = particle
  }

  static func create(_ assignments: [CheckedAssignment]) -> WriteStage {
    WriteStage(.create, verb: "Create", assignments)
  }

  static func update(_ assignments: [CheckedAssignment]) -> WriteStage {
    let fields = ListText.listed(assignments.map { "`\($0.field.name)`" })
    return WriteStage(.update, verb: "Update \(fields) of", assignments)
  }

  static func disconnect(isForced: Bool) -> WriteStage {
    WriteStage(
      .disconnect, verb: isForced ? "Force-disconnect" : "Disconnect",
      constants: isForced ? [RequestBody.Member("force", .json(.bool(true)))] : [])
  }

  static let delete = WriteStage(.delete, verb: "Delete")

  static func tag(_ tags: [CheckedExpression]) -> WriteStage {
    WriteStage(.tag, verb: "Add", tags: tags, particle: "to")
  }

  static func untag(_ tags: [CheckedExpression]) -> WriteStage {
    WriteStage(.untag, verb: "Remove", tags: tags, particle: "from")
  }
}
