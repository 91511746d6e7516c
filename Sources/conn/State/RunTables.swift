import Evaluation
import Execution
import JSON
import Language
import Planning

/// Converts runs and their writes to rows.
struct RunTables {
  let archive: RunArchive

  /// The columns of ``all(_:)`` that fit a terminal of 80 columns, with the age of each run.
  func brief(_ paths: [String], at now: Timestamp) -> RowSet {
    let all = all(paths)
    let names = ["run", "state", "writes", "done", "script"]
    let slots = names.compactMap { all.schema.slot(of: $0) }
    var columns = slots.map { all.schema.columns[$0] }
    columns.insert(Schema.Column("age", .string), at: 1)
    return RowSet(
      Schema(columns, areConnections: false),
      all.rows.map { row in
        var values = slots.map { all.shown(row, $0) }
        values.insert(.string(Self.age(of: values[0].text, at: now)), at: 1)
        return Row(values: values)
      })
  }

  /// The time since the run began, from its name.
  private static func age(of run: String, at now: Timestamp) -> String {
    RunName(run).map { Age.text(since: $0.time, at: now) } ?? "?"
  }

  func all(_ paths: [String]) -> RowSet {
    let columns = [
      Schema.Column("run", .string), Schema.Column("state", .string),
      Schema.Column("script", .string), Schema.Column("host", .string),
      Schema.Column("writes", .int), Schema.Column("done", .int),
      Schema.Column("exit", .int, nullable: true),
      Schema.Column("summary", .string, nullable: true),
    ]
    return RowSet(Schema(columns, areConnections: false), paths.reversed().map(row))
  }

  private func row(_ path: String) -> Row {
    do throws(RunError) {
      let run = try archive.store.run(path)
      let end = run.history.end
      let done = run.history.writes.values.filter { $0.outcome?.kind == .done }.count
      return Row(values: [
        .string(run.id), .string(run.state), .string(run.start.script), .string(run.start.host),
        .int(Int64(run.history.plans.map(\.writes).reduce(0, +))), .int(Int64(done)),
        end.map { .int(Int64($0.exitCode)) } ?? .null,
        end?.sentence.map { .string($0) } ?? .null,
      ])
    } catch {
      let id = String(path.split(separator: "/").last ?? "")
      return Row(values: [
        .string(id), "unreadable", "", "", .int(0), .int(0), .null, .string(error.message),
      ])
    }
  }

  /// The planned writes that weren't done, with reasons: first the ones started, then the ones not
  /// tried.
  static func failed(_ run: StoredRun) throws(RunError) -> RowSet {
    let begun = writes(run.history) { $0.outcome?.kind != .done }
    let untried = run.history.untried(of: try run.targets)
    return RowSet(begun.schema, begun.rows + untried.map(row))
  }

  private static func row(_ target: PlanDigest.Target) -> Row {
    Row(values: [
      target.id.map { .int($0) } ?? .null, target.name.map { .string($0) } ?? .null,
      .string(target.action), .string(Outcome.Kind.skipped.rawValue), "not tried", .null,
    ])
  }

  /// The writes that were started, in order.
  static func writes(_ history: RunHistory, where isShown: (RecordedWrite) -> Bool = { _ in true })
    -> RowSet
  {
    let columns = [
      Schema.Column("id", .int, nullable: true), Schema.Column("name", .string, nullable: true),
      Schema.Column("action", .string), Schema.Column("outcome", .string),
      Schema.Column("reason", .string, nullable: true),
      Schema.Column("http_status", .int, nullable: true),
    ]
    let writes = history.writes.values.sorted { $0.intent.number < $1.intent.number }
      .filter(isShown)
    return RowSet(Schema(columns, areConnections: false), writes.map(row))
  }

  private static func row(_ write: RecordedWrite) -> Row {
    let outcome = write.outcome
    return Row(values: [
      (write.outcome?.connection ?? write.intent.before)?["id"]?.int.map { .int($0) } ?? .null,
      (write.intent.before ?? write.intent.body?.object)?["name"]?.string.map { .string($0) }
        ?? .null,
      .string(write.intent.action.rawValue), .string(outcome?.kind.rawValue ?? "unknown"),
      outcome.map { $0.reason.map { .string($0) } ?? .null }
        ?? .string("the run ended before the answer was recorded"),
      outcome?.status.map { .int(Int64($0)) } ?? .null,
    ])
  }
}

extension Value: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = .string(text) }
}

extension StoredRun {
  /// The targets of the confirmed writes, in order.
  fileprivate var targets: [PlanDigest.Target] {
    get throws(RunError) {
      start.command == "apply" ? try plan().plan.targets : history.plans.flatMap(\.targets)
    }
  }
}
