import Evaluation
import Execution
import Planning
import Text

/// The page that `conn show RUN` prints.
struct RunReportView {
  let run: StoredRun

  /// Renders the page, with hidden characters escaped.
  func text(style: TextStyle, width: Int?) throws(RunError) -> String {
    let facts = facts.filter { !$0.1.isEmpty }
    let widest = facts.map(\.0.count).max() ?? 0
    let head = facts.map { name, value in
      "  \(name)\(String(repeating: " ", count: widest + 2 - name.count))\(value)"
    }
    let sentences = run.history.plans.flatMap {
      $0.sentence.split(separator: "\n").map(String.init)
    }
    let lines = ["Run \(run.id)"] + head + [""] + sentences
    let table = try ResultFormat.table.text(
      RunTables.writes(run.history), style: style, width: width)
    return lines.map { $0.escapingHiddenCharacters() + "\n" }.joined() + table + doubts
  }

  /// Instructions for settling the writes in doubt; empty if there are none.
  private var doubts: String {
    guard run.isUnfinished, !run.isUnderWay, !run.history.doubts.isEmpty else { return "" }
    let lines = run.history.doubts.map {
      "  \(run.settling($0.name, $0.write, separator: "   or "))\n"
    }
    return
      "\nIf a write stays in doubt\(run.isResumable ? " after conn resume" : ""), "
      + "look it up in Workato and record it:\n"
      + lines.joined()
  }

  var facts: [(String, String)] {
    [
      ("state", run.state), ("script", run.start.script),
      ("arguments", run.start.arguments.joined(separator: " ")),
      ("now()", run.start.now), ("host", run.start.host), ("profile", run.start.profile ?? ""),
      ("token", "fingerprint \(run.start.token)"),
      ("started", run.journal.entries.first?.time ?? ""),
      ("ended", run.history.end == nil ? "" : run.journal.entries.last?.time ?? ""),
      ("exit", run.history.end.map { String($0.exitCode) } ?? ""),
      ("summary", run.history.end?.sentence ?? ""),
      ("resume", run.isResumable && !run.isUnderWay ? "conn resume \(run.id)" : ""),
    ]
  }
}
