import API
import Evaluation
import JSON
import Planning

extension RunEvent {
  /// `call` is the number of the first write that the same call carries out.
  static func write(_ intent: Intent, call: Int) -> RunEvent {
    RunEvent(
      .write, intent.number.json, call.json, intent.attempt.json, intent.action.json,
      (intent.before?["id"]).json, ((intent.before ?? intent.body?.object)?["name"]).json,
      intent.method.json, intent.target.json, intent.body.json)
  }

  static func outcome(_ outcome: Outcome, of write: PlannedWrite) -> RunEvent {
    let connection = outcome.connection ?? write.connection
    return RunEvent(
      .outcome, write.number.json, write.action.json, (connection?.id).json,
      (connection?.name ?? write.newName).json, outcome.kind.json, outcome.reason.json,
      outcome.httpStatus.json)
  }
}
