import Evaluation
import Execution
import Planning
import Text

/// A run of the past as a page for a person.
struct RunReportView {
  let run: StoredRun

  /// Hidden characters are shown escaped.
  func text(style: TextStyle, width: Int?) throws(RunError) -> String {
    let facts = facts.filter { !$0.1.isEmpty }
    let widest = facts.map(\.0.count).max() ?? 0
    let head = facts.map { name, value in
      "  \(name)\(String(repeating: " ", count: widest + 2 - name.count))\(value)"
    }
    let sentences = run.history.plans.map(\.sentence)
    let lines = ["Run \(run.id)"] + head + [""] + sentences
    let table = try ResultFormat.table.text(
      RunTables.writes(run.history), style: style, width: width)
    return lines.map { $0.escapingHiddenCharacters() + "\n" }.joined() + table + doubts
  }

  /// How the writes in doubt are settled by hand; nothing where there are none.
  private var doubts: String {
    guard run.isUnfinished, !run.isUnderWay, !run.history.doubts.isEmpty else { return "" }
    let lines = run.history.doubts.map { name, write in
      let isCreate = write.intent.action == "create"
      return "  conn resume \(run.id) --settle \(name)=\(isCreate ? "ID" : "done")"
        + "   or \(name)=failed\n"
    }
    return
      "\nWhat stays in doubt\(run.isResumable ? " when the run goes on" : ""), look up yourself, "
      + "and say what became of it:\n"
      + lines.joined()
  }

  private var facts: [(String, String)] {
    [
      ("state", run.state), ("script", run.start.script),
      ("arguments", run.start.arguments.joined(separator: " ")),
      ("now()", run.start.now), ("host", run.start.host), ("profile", run.start.profile ?? ""),
      ("token", "fingerprint \(run.start.token)"), ("begun", run.journal.entries.first?.time ?? ""),
      ("ended", run.history.end == nil ? "" : run.journal.entries.last?.time ?? ""),
      ("exit", run.history.end.map { String($0.exitCode) } ?? ""),
      ("summary", run.history.end?.sentence ?? ""),
      ("go on", run.isResumable && !run.isUnderWay ? "conn resume \(run.id)" : ""),
    ]
  }
}
