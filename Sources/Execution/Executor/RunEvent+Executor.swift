import API
import Evaluation
import JSON
import Planning

extension RunEvent {
  /// `call` is the number of the first write that the same call carries out.
  static func write(_ intent: Intent, call: Int) -> RunEvent {
    RunEvent(
      .write,
      [
        ("write", .int(Int64(intent.number))), ("call", .int(Int64(call))),
        ("attempt", .int(Int64(intent.attempt))),
        ("action", .string(intent.action.rawValue)), ("id", intent.before?["id"] ?? .null),
        ("name", (intent.before ?? intent.body?.object)?["name"] ?? .null),
        ("method", .string(intent.method)), ("target", .string(intent.target)),
        ("body", intent.body ?? .null),
      ])
  }

  static func outcome(_ outcome: Outcome, of write: PlannedWrite) -> RunEvent {
    let connection = outcome.connection ?? write.connection
    return RunEvent(
      .outcome,
      [
        ("write", .int(Int64(write.number))), ("action", .string(write.action.rawValue)),
        ("id", connection.map { .int($0.id) } ?? .null),
        ("name", .string(connection?.name ?? write.newName)),
        ("outcome", .string(outcome.kind.rawValue)),
        ("reason", outcome.reason.map(JSON.string) ?? .null),
        ("http_status", outcome.httpStatus.map { .int(Int64($0)) } ?? .null),
      ])
  }
}
