import API
import Evaluation
import Language
import Text

/// Judges the creates of one stage: those that would repeat a connection of the workspace, or one that
/// the plan creates.
struct RepeatedCreates {
  /// `nil` if it isn't known what exists.
  private var existing: ExistingConnections?
  /// The creates of the stage and the places of their rows, by the negative ids of their connections.
  private var creates: [Int64: (call: WriteCall, place: String?)] = [:]
  private var refusals: [(message: String, help: String)] = []

  init(_ workspace: [Connection]?) { existing = workspace.map { ExistingConnections($0) } }

  /// Returns the decision on a row, which is to do nothing if the connection exists and may.
  mutating func judge(_ decision: WritePlanner.Decision, _ row: Row) -> WritePlanner.Decision {
    guard case .write(let write) = decision, write.existing != .ignore, !write.awaitsID,
      let found = existing?.first(like: write)
    else { return decision }
    let create = creates[found.connection.id]
    if write.existing == .keep, create == nil || create?.call == write.call {
      return .outcome(Outcome(.unchanged, "exists", connection: found.connection))
    }
    refuse(found, create?.place, at: row.place?.description, write.existing)
    return decision
  }

  mutating func add(_ decision: WritePlanner.Decision, _ row: Row, _ connection: Connection?) {
    guard existing != nil, case .write(let write) = decision, write.creates, let connection else {
      return
    }
    existing?.add(connection)
    creates[connection.id] = (write.call, row.place?.description)
  }

  private mutating func refuse(
    _ found: (connection: Connection, fields: [String]), _ other: String?, at place: String?,
    _ policy: ExistencePolicy
  ) {
    let fields = ListText.listed(found.fields.map { "`\($0)`" })
    let what =
      found.connection.id > 0
      ? "\(Connection.briefName(found.connection)) already exists"
      : "\(other ?? "an earlier write") already creates \(found.connection.name.quoted)"
    refusals.append(
      (
        message: (place.map { "\($0): " } ?? "") + "\(what) with the same \(fields)",
        help: policy == .keep
          ? "the two rows differ in other fields; keep one of them"
          : "write `create unless exists …` to leave it as it is, or `create always …` to make "
            + "another"
      ))
  }

  /// The refusal of the stage, which names the first repeated connection; `nil` if none is.
  func refusal(at span: SourceSpan) -> RunError? {
    guard let first = refusals.first else { return nil }
    let others = refusals.count - 1
    let rows = others.counted("more row also repeats", "more rows also repeat")
    let more = others == 0 ? "" : "; \(rows) a connection"
    return RunError(.guardRefused, first.message + more, help: first.help, at: span)
  }
}
