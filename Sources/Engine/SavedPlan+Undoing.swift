import ConnectionsClient
import Language

extension SavedPlan {
  /// The inverse of a run: what was updated gets its values back, what was created is deleted, what
  /// was deleted comes back as a shell. The latest write is taken back first.
  ///
  /// `run` is the run's name, and `sha256` that of its journal.
  package init(
    undoing history: RunHistory, of run: String, sha256: String, at now: Timestamp,
    on workspace: WorkspaceIdentity
  ) {
    let done = history.writes.values.filter { $0.outcome?.kind == .done }
      .sorted { $0.intent.number > $1.intent.number }
    let inverses = done.map { Inverse($0) }
    let place = Place(file: "undo \(run)", line: 1, column: 1)
    let writes = inverses.compactMap(\.write)
    header = Header(
      version: Version.number, created: now,
      script: Text(name: "undo \(run)", hash: sha256), files: [], parameters: JSON.Object(),
      now: now, workspace: workspace, limits: Limits(), includesRuntime: true, assumptions: [])
    let step = Step(
      place: place, sentence: Self.sentence(run, inverses), conditions: [],
      selected: writes.count, population: nil,
      writes: writes.map { Entry(write: $0, matched: JSON.Object(), place: place) })
    steps = writes.isEmpty ? [] : [step]
  }

  private static func sentence(_ run: String, _ inverses: [Inverse]) -> String {
    let count = inverses.count { $0.write != nil }
    let head = "Undo \(count) of the \(inverses.count) writes of run \(run)"
    let lost = Words.listed(Set(inverses.compactMap(\.lost)).sorted())
    return head + (lost.isEmpty ? "." : "; what cannot come back: \(lost).")
  }

  /// What cannot come back of a run, a line each.
  package static func lost(of history: RunHistory) -> [String] {
    history.writes.values.filter { $0.outcome?.kind == .done }
      .sorted { $0.intent.number < $1.intent.number }
      .compactMap { write in
        Inverse(write).lost.map { lost in
          let before = write.intent.before.flatMap { Connection(.object($0)) }
          return "\(before?.id ?? 0) \(before?.name ?? ""): \(lost)"
        }
      }
  }
}

/// How one write is taken back.
private struct Inverse {
  /// `nil` where nothing can be done.
  var write: PlannedWrite?
  /// What does not come back; `nil` where everything does.
  var lost: String?

  /// What an update can give back. Source: the API's page, "Update a connection", payload.
  private static let reversible = ["name", "folder_id", "external_id", "parent_id"]

  init(_ recorded: RecordedWrite) {
    let before = recorded.intent.before.flatMap { Connection(.object($0)) }
    let after = recorded.outcome?.connection.flatMap { Connection(.object($0)) }
    switch (WriteKind(rawValue: recorded.intent.action), before, after) {
    case (.update, let before?, let after):
      takeBackUpdate(recorded.intent, before, after ?? before)
    case (.create, _, let after?):
      write = PlannedWrite(
        action: .delete, call: .delete(id: after.id), connection: after, effect: .destructive,
        span: nil)
    case (.delete, let before?, _): takeBackDelete(before)
    default: lost = "the credentials of what was disconnected"
    }
  }

  private mutating func takeBackUpdate(_ intent: Intent, _ before: Connection, _ after: Connection)
  {
    let named = (intent.body?.object?.members ?? []).map(\.name)
    if named.contains("input") { lost = "the credentials before an update" }
    let fields = Self.reversible.filter(named.contains).map { name in
      BodyValue.Member(name, .json(before.member(name) ?? .null))
    }
    guard !fields.isEmpty else { return }
    write = PlannedWrite(
      action: .update, call: .update(id: before.id, fields), connection: after, effect: .write,
      span: nil)
  }

  /// A shell under another id.
  private mutating func takeBackDelete(_ before: Connection) {
    lost = "the credentials and ids of what was deleted"
    let values: [(String, JSON?)] = [
      ("name", before.member("name")), ("provider", before.member("application")),
      ("folder_id", before.member("folder_id")), ("external_id", before.member("external_id")),
      ("parent_id", before.member("parent_id")), ("shell_connection", .bool(true)),
    ]
    let fields = values.compactMap { name, value in
      value.flatMap { $0 == .null ? nil : BodyValue.Member(name, .json($0)) }
    }
    write = PlannedWrite(
      action: .create, call: .create(fields), connection: nil, effect: .write, span: nil)
  }
}
