import Evaluation
import Glibc
import Inspection
import Language
import Planning
import Text

/// The implementation of the prompt's commands, such as `:go` and `:why`.
extension Prompt {
  /// Runs a command; an error is reported and the prompt continues.
  func perform(_ request: PromptRequest) async {
    do {
      try await request.command().perform(self, request.argument)
    } catch {
      // It would end a program, but doesn't end the prompt.
      _ = host.report((error as? RunError)?.atPrompt ?? error)
    }
  }

  // MARK: Plans

  /// Applies the plan that was shown last; if it has changed since, shows it and asks again.
  func go() throws(RunError) {
    switch pending {
    case nil:
      throw RunError(
        .usage, "there is no plan to apply",
        help: "a statement that writes shows its plan and asks; if you answer no, it is kept")
    case .statement(let text, let plan):
      try requireLive()
      run(text, session.analyse(text), agreed: plan)
    case .plan(let file):
      try requireLive()
      apply(file)
    }
  }

  func requireLive() throws(RunError) {
    guard session.mode != .live else { return }
    throw RunError(
      .usage, "a \(session.mode.rawValue) writes nothing", help: ":live goes back to normal")
  }

  private func apply(_ file: PlanFile) {
    guard background == nil else { return refuse() }
    pending = nil
    guard let job = session.start(file, mailbox), let end = wait(for: job) else { return }
    if session.conclude(end, of: job) != nil { keep(.plan(file)) }
  }

  /// Saves the pending plan, or the exact writes of the last statement, to a file.
  func plan(_ path: String) async throws {
    if case .plan(let file) = pending {
      return try PlanFiles(host: host).publish(
        file.document, to: path, host.output)
    }
    guard let text = pendingText ?? last?.text else {
      throw RunError(.usage, "there is no statement to plan")
    }
    let analysis = session.examine(text)
    guard let script = analysis.script else { return }
    let job = try session.startPlanning(script, analysis, mailbox)
    guard let end = wait(for: job) else { return }
    if let error = end.error { throw error }
    let plan = try session.savedPlan(end.interpreter, script, text)
    guard !plan.plan.isEmpty else {
      throw RunError(.usage, "the last statement writes nothing, so there is nothing to plan")
    }
    try PlanFiles(host: host).publish(plan, to: path, host.output)
  }

  private var pendingText: String? {
    if case .statement(let text, _) = pending { text } else { nil }
  }

  /// Plans the inverse of a run; `:go` applies it.
  func undo(_ name: String) throws {
    let wanted = name.isEmpty ? session.lastRun : name
    guard let wanted else {
      throw RunError(
        .usage, "nothing was written in this session, so there is nothing to undo",
        help: "name a run; :runs lists them")
    }
    let past = try session.runs.run(wanted, help: ":runs lists them")
    guard let plan = try past.planUndoing(host, among: session.runs) else { return }
    try PlanFiles(host: host).publish(plan, to: nil, host.output)
    past.printLosses(host)
    pending = .plan(try PlanFile(sealing: plan))
    host.output.talk("To apply it: :go")
  }

  func undoRun() throws(RunError) {
    guard background != nil else {
      throw RunError(
        .usage, "no run is in the background", help: "Ctrl-B moves a run there while it writes")
    }
    finishBackground()
  }

  func showRuns() throws {
    let runs = session.runs
    try show(RunTables(archive: runs).brief(try runs.paths(), at: host.clock.instant()))
  }

  // MARK: Rows

  func show(_ set: RowSet) throws(RunError) {
    host.output.data(
      try ResultFormat.table.text(
        set, style: host.outputStyle, width: host.width))
  }

  /// Saves the last result to a file; the last selection, for `:why`, stays the same.
  func save(_ path: String) {
    let selection = session.selection
    let text = "it | save \(path.quoted)"
    run(text, session.analyse(text))
    session.selection = selection
  }

  func explain(_ given: String) throws {
    guard let text = given.isEmpty ? last?.text : given else {
      throw RunError(.usage, "there is no statement to explain", help: ":explain PIPELINE")
    }
    let analysis = session.examine(text)
    guard let script = analysis.script else { return }
    let explanation = Explanation(script, session.environment, sources: analysis.sources)
    host.output.data(explanation.text.withWrappedLines(to: width))
  }

  // MARK: Looking

  static let helpPage = HelpPage(more: [PromptCommand.help, PromptKey.help])

  func help(_ topic: String) {
    let wanted = topic.hasPrefix(":") ? String(topic.dropFirst()) : topic
    show(Self.helpPage.text(wanted.isEmpty ? nil : wanted, style: style, width: width))
  }

  private func show(_ page: String) { host.output.data(page) }

  private var style: TextStyle { console.isColored ? .colored : .plain }
  private var width: Int? { host.width }

  /// Shows the fields of a pipeline's rows, or those of a connection if `text` is empty.
  func showFields(_ text: String) throws(RunError) {
    guard !text.isEmpty else {
      return show(SchemaPage(.connections).text(style: style, width: width))
    }
    let analysis = session.examine(text)
    guard let script = analysis.script else { return }
    guard let pipeline = script.statements.flatMap(\.pipelines).last else {
      throw RunError(
        .usage, "the statement contains no pipeline", help: ":fields list | group by tags")
    }
    show(SchemaPage(pipeline.schema).text(style: style, width: width))
  }

  func showTags() throws(RunError) {
    let known = session.listing.now
    guard let age = session.listing.ageText else {
      throw RunError(.usage, "nothing has been listed yet", help: "type `list`")
    }
    let rows = RowSet(known.connections)
    show(TagsPage(rows).text(style: style, width: width))
    host.output.talk(age)
  }

  func why(_ text: String) throws(RunError) {
    guard let id = Int64(text) else {
      throw RunError(
        .usage, "`\(text)` is not a connection id", help: "for example `:why 36`")
    }
    show(try session.why(id).text(style: style, width: width))
  }

  // MARK: The session

  func use(_ mode: Session.Mode) async throws {
    try requireNoBackground()
    try await session.enter(mode)
    host.output.talk(mode.text)
  }

  func useProfile(_ name: String) async throws {
    guard !name.isEmpty else { return try show(try Profiles.load(host).rows) }
    try requireNoBackground()
    try await session.enter(profile: name)
    pending = nil
    host.output.talk(session.workspace)
  }

  private func requireNoBackground() throws(RunError) {
    guard background != nil else { return }
    throw RunError(.usage, "a run is still writing", help: ":fg waits for it")
  }

  /// Opens the last statement in the editor. The edited text becomes the next line and isn't run
  /// yet.
  func edit() throws {
    guard last?.isConfidential != true else {
      throw RunError(
        .usage, "the last statement may contain a credential, so it isn't written to a file",
        help: "press Up to recall it")
    }
    initial = try TextEditor(host: host).edited(last?.text ?? "")
  }
}
