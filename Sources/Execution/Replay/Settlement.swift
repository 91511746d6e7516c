import API
import Evaluation
import JSON
import Planning
import Text

/// The user's verdict on a write in doubt: `36=done` or `36=failed`. Creates, which have no id, are
/// named `new1`, `new2`, …: `new1=failed`, or `new1=1001` if it made connection 1001.
package struct Settlement: Sendable {
  /// The write's number in the run.
  let number: Int
  /// The part before the `=`, as given.
  package let name: String
  let verdict: Verdict

  enum Verdict: Hashable, Sendable {
    case done, failed
    case made(Int64)
  }

  /// Throws if the text is malformed or doesn't fit the run.
  init(_ text: String, of history: RunHistory) throws(RunError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let verdict = Self.verdict(String(parts[1])) else {
      throw Self.problem(
        "--settle expects ID=done or ID=failed, not `\(text.escapingHiddenCharacters())`",
        "creates are named new1, new2, …: use new1=failed, or new1=ID with the new connection's id")
    }
    name = String(parts[0])
    self.verdict = verdict
    number = try Self.number(name, verdict, history)
  }

  /// Parses all settlements. Throws if one is wrong, or two contradict each other.
  package static func all(_ texts: [String], of history: RunHistory) throws(RunError)
    -> [Settlement]
  {
    let all = try texts.mapping { text throws(RunError) in try Settlement(text, of: history) }
    var seen: Set<Int> = []
    var made: Set<Int64> = []
    for one in all {
      guard seen.insert(one.number).inserted else {
        throw problem("`\(one.name)` is settled twice", "use --settle once per write")
      }
      guard case .made(let id) = one.verdict, !made.insert(id).inserted else { continue }
      throw problem("two creates can't both have made connection \(id)", "give each its own id")
    }
    return all
  }

  private static func verdict(_ text: String) -> Verdict? {
    switch text {
    case "done": .done
    case "failed": .failed
    default: Int64(text).flatMap { $0 > 0 ? .made($0) : nil }
    }
  }

  private static func number(_ name: String, _ verdict: Verdict, _ history: RunHistory)
    throws(RunError) -> Int
  {
    let shown = name.escapingHiddenCharacters()
    guard let write = history.doubts.first(where: { $0.name == name })?.write else {
      throw problem("no write on `\(shown)` is in doubt", "conn show RUN lists the writes in doubt")
    }
    let isCreate = write.intent.action.definition.creates
    switch verdict {
    case .done where isCreate:
      throw problem("which connection did `\(shown)` make?", "use \(shown)=ID, with its id")
    case .made where !isCreate:
      throw problem("`\(shown)` is not a create", "use \(shown)=done or \(shown)=failed")
    case .made(let id) where history.known?.ids.contains(id) == true:
      throw problem(
        "`\(shown)` can't have made connection \(id)",
        "it already existed, or another create of this run made it")
    default: return write.intent.number
    }
  }

  private static func problem(_ message: String, _ help: String) -> RunError {
    RunError(.usage, message, help: help)
  }

  package var description: String {
    switch verdict {
    case .done: "\(name)=done"
    case .failed: "\(name)=failed"
    case .made(let id): "\(name)=\(id)"
    }
  }

  /// Returns the record for the journal. `list` shows the workspace's connections.
  func outcome(of write: RecordedWrite, in list: ConnectionList) throws(RunError)
    -> RecordedOutcome
  {
    var connection = write.intent.before
    if case .made(let id) = verdict {
      guard let made = list.connections.first(where: { $0.id == id }) else {
        throw Self.problem(
          list.doubt.map { "the list doesn't show connection \(id), but may be incomplete: \($0)" }
            ?? "connection \(id) not found in the workspace", "nothing was settled or sent")
      }
      connection = made.object
    } else if let id = connection?["id"]?.int,
      let found = list.connections.first(where: { $0.id == id })
    {
      connection = found.object
    }
    let isDone = verdict != .failed
    return RecordedOutcome(
      number: number, kind: isDone ? .done : .failed,
      reason: "settled by hand as \(isDone ? "done" : "failed")", status: nil,
      connection: isDone ? connection : nil)
  }
}

extension RunHistory {
  /// The writes in doubt, in order, each with the name that `--settle` uses.
  package var doubts: [(name: String, write: RecordedWrite)] {
    var creates = 0
    return writes.values.sorted { $0.intent.number < $1.intent.number }.compactMap { write in
      let isCreate = write.intent.action.definition.creates
      if isCreate { creates += 1 }
      guard (write.outcome?.kind ?? .unknown) == .unknown else { return nil }
      let id = write.intent.before?["id"]?.int.map(String.init)
      return (isCreate ? "new\(creates)" : id ?? "", write)
    }
  }
}
