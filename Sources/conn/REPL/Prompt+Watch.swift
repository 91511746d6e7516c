import Evaluation
import Execution
import Language

/// Repeating a pipeline that reads, to show what changes.
extension Prompt {
  /// Runs a pipeline again and again: `SECONDS PIPELINE`, until Ctrl-C.
  func watch(_ typed: String) throws {
    let (seconds, text) = try Self.interval(typed)
    guard session.mode != .dryRun else {
      throw RunError(
        .usage, "a dry run lists nothing that could be watched", help: ":live goes back to normal")
    }
    let analysis = session.examine(text)
    guard let script = analysis.script else { return }
    guard script.hasResult, script.statements.count == 1, !script.writes else {
      throw RunError(
        .usage, "`:watch` needs one pipeline that only reads",
        help: ":watch 60 list where not connected")
    }
    var watched = WatchedRows()
    var delay = Duration.zero
    while let end = wait(for: session.watch(script, analysis, after: delay, mailbox)) {
      if end.error?.exitCode == .interrupted || host.interruptions.isTermination { break }
      try show(watched.update(end))
      delay = .seconds(seconds)
    }
    host.output.writeProgress("")
    if let rows = watched.rows { session.keep(rows, of: analysis) }
  }

  /// Parses `60 PIPELINE`.
  private static func interval(_ typed: String) throws(RunError) -> (Int, String) {
    let word = typed.prefix { !$0.isWhitespace }
    guard let seconds = Int(word), (1...86_400).contains(seconds), word.count < typed.count else {
      throw RunError(
        .usage, "usage: `:watch SECONDS PIPELINE`", help: ":watch 60 list where not connected")
    }
    return (seconds, String(typed.dropFirst(word.count)).trimmed)
  }

  /// Shows news at once, and never in the pager, which would wait for somebody to leave it.
  private func show(_ news: WatchedRows.News) throws(RunError) {
    showMessages()
    host.output.writeProgress("")
    let time = host.clock.instant().iso8601
    switch news {
    case .first(let rows): host.output.writeData(try table(rows))
    case .nothing: break
    case .changed(let rows): host.output.writeData(time + "\n" + (try table(rows)))
    case .failed(let error):
      ErrorPrinter(host: host).show(error)
      host.output.talk("\(time): still watching; Ctrl-C ends it.")
    }
    mailbox.post(.progress("Watching; last looked at \(time). Ctrl-C ends it."))
  }

  private func table(_ rows: RowSet) throws(RunError) -> String {
    try ResultFormat.table.text(rows, style: host.outputStyle, width: host.width)
  }
}

extension Session {
  /// Starts a round of `:watch`, after a pause. It shows nothing; its rows are its result.
  func watch(
    _ script: CheckedScript, _ analysis: Analysis, after delay: Duration, _ mailbox: Mailbox
  ) -> Job {
    var context = context(of: runner, analysis.sources)
    context.output = StderrOnlyOutput(runner.output)
    var next = interpreter
    next.begin(context, nil, now: runner.now)
    return Job(nextNumber(), analysis, writes: false, next, mailbox) { interpreter in
      guard (try? await Task.sleep(for: delay)) != nil else { return .interrupted }
      return await interpreter.outcome(of: script)
    }
  }
}

/// The rows that `:watch` has seen last.
struct WatchedRows {
  private(set) var rows: RowSet?
  private var problem: String?

  /// The news of a round.
  enum News {
    case first(RowSet)
    case nothing
    /// The differences, or the rows themselves if they have no id.
    case changed(RowSet)
    case failed(RunError)
  }

  /// Takes the rows of a round. An error is news only once.
  mutating func update(_ end: Job.End) throws(RunError) -> News {
    if let error = end.error {
      defer { problem = error.message }
      return error.message == problem ? .nothing : .failed(error)
    }
    problem = nil
    guard let new = end.interpreter.environment.lastResult else { return .nothing }
    defer { rows = new }
    guard let rows else { return .first(new) }
    let changes = try Self.changes(new, since: rows)
    return changes.rows.isEmpty ? .nothing : .changed(changes)
  }

  private static func changes(_ new: RowSet, since old: RowSet) throws(RunError) -> RowSet {
    if new.schema.slot(of: "id") != nil { return try RowDiff.between(new, and: old) }
    return RowSet(new.schema, new.texts == old.texts ? Rows([Row]()) : new.rows)
  }
}

extension RowSet {
  /// The values as texts.
  fileprivate var texts: [[String]] {
    rows.map { row in schema.columns.indices.map { (try? row.value($0).text) ?? "" } }
  }
}
