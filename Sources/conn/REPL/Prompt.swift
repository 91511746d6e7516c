import Evaluation
import Glibc
import Language
import LineEditing
import Planning

/// The prompt on a terminal. It turns lines into statements and commands, and stays responsive
/// while a statement runs.
@MainActor final class Prompt {
  let session: Session
  let editor = LineEditor.shared
  let mailbox = Mailbox()
  let console: Console
  private let history: History
  /// The earlier statements that a line may go on like.
  private(set) var suggestions: Suggestions
  /// The lines typed so far of an incomplete statement.
  private(set) var statement = ""
  /// The initial text of the next line.
  var initial = ""
  /// A plan that was shown but not applied; `:go` applies it.
  var pending: Pending?
  /// The run in the background, if there is one.
  private(set) var background: Job?
  /// A question of the background run that hasn't been asked yet.
  fileprivate var postponed: Mailbox.Question?
  private var remembered: String?
  /// The last statement, for commands that refer to it.
  private(set) var last: InputLine?
  var isLeaving = false
  /// The jobs that have ended but aren't concluded yet, by number.
  private var ends: [Int: Job.End] = [:]
  /// `true` once the terminal is gone: no more keys will come.
  private var hasHungUp = false

  var host: Host { session.runner.host }

  enum Pending {
    case statement(String, Plan)
    case plan(PlanFile)
  }

  /// Opens the workspace and runs until the user leaves. Returns the program's exit code.
  static func run(_ runner: ScriptRunner) async throws -> Evaluation.ExitCode {
    guard runner.host.hasTerminal else {
      return try await PlainPrompt(runner).run()
    }
    Interruption.enter(.prompting)
    TerminalSignals.install()
    let prompt = try await Prompt(runner)
    await prompt.run()
    return .success
  }

  private init(_ runner: ScriptRunner) async throws {
    session = try await Session(
      runner, terminal: PostedTerminal(mailbox: mailbox, host: runner.host))
    console = Console(runner.host)
    history = History(path: runner.host.state.path(to: "history.jsonl"))
    let entries = history.entries()
    suggestions = Suggestions(entries)
    editor.limitHistory(to: History.maxEntries)
    entries.forEach(editor.remember)
    runner.host.output.divert(to: mailbox)
  }

  private func run() async {
    if !history.exists { host.output.talk(Self.firstHint) }
    if history.isOversized { history.path.map { host.output.talk(Self.oversized($0)) } }
    while !isLeaving, let text = nextStatement() { await handle(text) }
    finishBackground()
    await session.close()
    showMessages()
    host.output.divert(to: nil)
    TerminalModes.restore()
  }

  // MARK: Reading

  /// Reads one complete statement; `nil` if the user leaves. An empty line ends an open construct.
  private func nextStatement() -> String? {
    statement = ""
    while true {
      showMessages()
      defer { initial = "" }
      switch editor.next(
        promptText, initial: initial, assistant: self, attend: { [weak self] in self?.attend() })
      {
      case .end: return statement.isEmpty || Interruption.isTermination ? nil : statement
      case .abandoned: statement = ""
      case .line(let line):
        statement += statement.isEmpty ? line : "\n" + line
        if line.trimmed.isEmpty || open == nil { return statement }
      }
    }
  }

  private var open: UnclosedDelimiter? {
    PromptRequest(statement) == nil ? Self.openConstruct(Self.expanded(statement)) : nil
  }

  private var promptText: PromptText {
    if !statement.isEmpty, let open { return PromptText("   \(open.rawValue)> ") }
    return console.prompt(session, isBusy: background != nil)
  }

  // MARK: Handling

  private func handle(_ line: String) async {
    if line.trimmed.isEmpty { return }
    let text = Self.expanded(line)
    let before = TerminalModes.hold(signals: background == nil)
    defer { TerminalModes.hold(signals: before) }
    let request = PromptRequest(text)
    let analysis = session.analyse(request?.argument ?? text)
    let typed = InputLine(
      text: line.trimmingNewlines, isConfidential: mayHoldCredential(text, analysis))
    remember(typed)
    if let request { return await perform(request) }
    last = InputLine(text: text.trimmingNewlines, isConfidential: typed.isConfidential)
    run(text, analysis)
  }

  /// Adds a statement to the history. One that may contain a credential can be recalled in this
  /// session, but isn't saved.
  private func remember(_ typed: InputLine) {
    guard typed.text != remembered else { return }
    remembered = typed.text
    editor.remember(typed.text)
    guard !typed.isConfidential else { return }
    suggestions.add(typed.text)
    do { try history.add(typed.text, at: host.clock.instant().iso8601) } catch {
      console.warnOnce("can't save the history: \(error.message)")
    }
  }

  /// Words, in lower case, that suggest a credential. A JSON Web Token starts with `eyj`.
  private static let confidentialWords = [
    "secret", "input", "token", "passw", "passphrase", "pwd", "apikey", "api_key", "private_key",
    "credential", "bearer", "eyj",
  ]

  /// Guesses whether a statement contains a credential. It errs on the side of `true`, since the
  /// text may have errors and its definitions may be unknown.
  private func mayHoldCredential(_ text: String, _ analysis: Analysis) -> Bool {
    let lowered = text.lowercased()
    return Self.confidentialWords.contains { lowered.contains($0) }
      || session.holdsToken(text) || analysis.holdsConfidentialText
  }

  /// Runs a statement if it has no errors. `agreed` is a plan that the user has seen before.
  func run(_ text: String, _ analysis: Analysis, agreed: Plan? = nil) {
    session.show(analysis)
    guard let script = analysis.script else { return offerFixed(text, analysis) }
    if script.writes, background != nil { return refuse() }
    // The names in a pending plan's statement may mean something else from now on.
    if (script.writes && session.mode == .live) || !script.boundNames.isEmpty { pending = nil }
    let job = session.start(
      script, text, analysis, mailbox, agreed: agreed, inBackground: background != nil)
    guard let end = wait(for: job) else { return }
    if let proposed = session.conclude(end, of: job) {
      keep(.statement(text, proposed))
    }
  }

  /// Keeps a plan that was shown but not applied.
  func keep(_ plan: Pending) {
    pending = plan
    host.output.talk("The plan is kept. To apply it: :go")
  }

  func refuse() {
    console.error(
      "a run is still writing, so no other write can start",
      help: ":fg waits for it; statements that only read work meanwhile")
  }

  /// If there is a fix for every error, offers the corrected line for editing. The user sees it
  /// before it runs, so the fixes may be guesses.
  private func offerFixed(_ text: String, _ analysis: Analysis) {
    let errors = analysis.diagnostics.filter(\.isError)
    let file = SourceFile(name: Session.name, text: text)
    guard let own = analysis.sources.files.last(where: { $0.bytes == file.bytes }) else { return }
    let (fixed, count) = FixApplier.fixed(own, errors, guessing: true)
    if count == errors.count { initial = String(decoding: fixed, as: UTF8.self) }
  }

  // MARK: Waiting

  /// Waits for a job to end; returns `nil` if it was moved to the background.
  func wait(for job: Job) -> Job.End? {
    // While a background run writes, signals are for that run, and keys for this job.
    let isAlone = background == nil
    let before = TerminalModes.hold(signals: isAlone)
    defer { TerminalModes.hold(signals: before) }
    while true {
      showMessages()
      if let end = ends.removeValue(forKey: job.number) {
        if isAlone { Interruption.reset() }
        return end
      }
      if Interruption.isRequested, isAlone, Interruption.current != .writing { job.cancel() }
      if hasHungUp {
        Interruption.waitForWake()
      } else if Interruption.waitForInputOrWake(), heedKeys(job) {
        return nil
      }
      if TerminalSignals.consumeContinuation() { TerminalModes.hold() }
    }
  }

  /// Handles the keys typed while a statement runs. Returns `true` if the job was moved to the
  /// background.
  private func heedKeys(_ job: Job) -> Bool {
    let isWriting = Interruption.current == .writing && background == nil
    let meant =
      isWriting ? ControlKey.all : ControlKey.all.subtracting([ControlKey.background.rawValue])
    guard let keys = editor.readPending(meant.contains) else {
      hasHungUp = true
      Interruption.hangUp()
      return false
    }
    for case let key? in keys.map({ ControlKey(rawValue: $0) }) {
      switch key {
      case .interrupt: background == nil ? Interruption.request() : job.cancel()
      case .suspend: TerminalModes.stop()
      case .background:
        putInBackground(job)
        return true
      }
    }
    return false
  }

  /// The keys that have an effect while a statement runs, by their control codes.
  private enum ControlKey: UInt8, CaseIterable {
    case background = 2
    case interrupt = 3
    case suspend = 26

    static let all = Set(allCases.map(\.rawValue))
  }

  /// Moves a job to the background. Only a job that is already writing may continue there, since
  /// it has been confirmed.
  private func putInBackground(_ job: Job) {
    background = job
    editor.ignoresInterruptions = true
    console.hasBackgroundJob = true
    host.output.talk("The run continues in the background; :fg waits for it.")
  }

  /// Waits for the background run, if there is one.
  func finishBackground() {
    guard let job = background else { return }
    leaveBackground()
    askWhatWaits()
    if let end = wait(for: job) { _ = session.conclude(end, of: job) }
    showMessages()
  }

  private func leaveBackground() {
    background = nil
    editor.ignoresInterruptions = false
    console.hasBackgroundJob = false
  }

  /// Handles messages that arrive while a line is being typed.
  private func attend() {
    showMessages()
    guard let job = background, let end = ends.removeValue(forKey: job.number) else { return }
    leaveBackground()
    _ = session.conclude(end, of: job)
    Interruption.reset()
    showMessages()
    editor.change(promptText)
  }

  /// Shows the posted messages, and records the jobs that have ended.
  func showMessages() {
    for message in mailbox.receive() {
      switch message {
      case .ended(let end): ends[end.number] = end
      case .question(let question): ask(question)
      case .data(let text): console.data(text)
      case .talk(let line): console.talk(line)
      case .progress(let line): console.progress(line)
      }
    }
  }
}

// MARK: Questions

extension Prompt {
  /// Asks a job's question. While a line is being typed, the background run has to wait for its
  /// answer.
  private func ask(_ question: Mailbox.Question) {
    guard !editor.isEditing else {
      postponed = question
      return console.talk("The run has a question; :fg shows it.")
    }
    question.answer(console.ask(question))
  }

  private func askWhatWaits() {
    guard let question = postponed else { return }
    postponed = nil
    question.answer(console.ask(question))
  }
}
