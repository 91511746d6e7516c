import API
import JSON
import Language
import Text

/// A stage that sends a call for each row: the action, and the parts of the request body that the
/// script determines.
package struct WriteStage: Sendable {
  package let action: WriteAction
  /// The verb in confirmation sentences, such as `Force-disconnect`.
  package let verb: String
  /// The fields of the body whose values are computed for each row.
  package let assignments: [CheckedAssignment]
  /// The members of the body that are the same in every call.
  package let constants: [RequestBody.Member]

  private init(
    _ action: WriteAction, verb: String, _ assignments: [CheckedAssignment] = [],
    constants: [RequestBody.Member] = []
  ) {
    self.action = action
    self.verb = verb
    self.assignments = assignments
    self.constants = constants
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
}
