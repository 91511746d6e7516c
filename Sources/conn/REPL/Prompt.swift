import Evaluation
import Glibc
import Language
import LineEditing
import Planning

/// The prompt on a terminal: lines become statements and commands, and statements run while it
/// listens.
@MainActor final class Prompt {
  let session: Session
  let editor = LineEditor.shared
  let mailbox = Mailbox()
  let console: Console
  private let history = History.standard
  /// What was typed of a statement so far.
  private(set) var statement = ""
  /// What the next line has in it from the beginning.
  var initial = ""
  /// A plan that was shown and not carried out: `:go` does it.
  var pending: Pending?
  /// A run that was put aside; it goes on.
  private(set) var background: Job?
  /// What that run has to know, and was not asked yet.
  fileprivate var postponed: Mailbox.Question?
  private var remembered: String?
  /// The statement before, for commands that speak of it.
  private(set) var last: InputLine?
  var isLeaving = false
  /// What has ended and was not concluded yet, by the numbers of what was started.
  private var ends: [Int: Job.End] = [:]
  /// `true` once the terminal has gone: nothing is typed any more.
  private var hasHungUp = false

  enum Pending {
    case statement(String, RecordedPlan)
    case plan(PlanFile)
  }

  /// Opens the workspace; runs until the person leaves. Returns what the program ends with.
  static func run(_ runner: ScriptRunner) async throws -> Evaluation.ExitCode {
    guard hasTerminal else {
      return try await PlainPrompt(runner).run()
    }
    Interruption.enter(.prompting)
    TerminalSignals.install()
    let prompt = try await Prompt(runner)
    await prompt.run()
    return .success
  }

  nonisolated static var hasTerminal: Bool {
    isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
  }

  private init(_ runner: ScriptRunner) async throws {
    session = try await Session(runner, terminal: PostedTerminal(mailbox: mailbox))
    console = Console(isColored: !runner.options.talk.noColor)
    StandardOutput.shared.divert(to: mailbox)
  }

  private func run() async {
    if !history.exists { StandardOutput.shared.talk(Self.firstHint) }
    editor.limitHistory(to: History.mostEntries)
    history.entries().forEach(editor.remember)
    while !isLeaving, let text = nextStatement() { await handle(text) }
    finishBackground()
    await session.close()
    showMessages()
    StandardOutput.shared.divert(to: nil)
    TerminalModes.restore()
  }

  private static let firstHint = """
    A pipeline reads and changes connections: list where not connected | count
    Tab completes, C-x p says what the line would do, and what writes asks first.
    :help says the rest, Ctrl-D leaves.
    """

  // MARK: Reading

  /// Returns a whole statement, or `nil` where the person leaves. An empty line ends what is open.
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
    PromptRequest(statement) == nil ? Self.openConstruct(statement) : nil
  }

  static func openConstruct(_ text: String) -> UnclosedDelimiter? {
    Parser.parse(SourceFile(name: Session.name, text: text), vocabulary: .standard).open
  }

  private var promptText: PromptText {
    if !statement.isEmpty, let open { return PromptText("   \(open.rawValue)> ") }
    return console.prompt(session, isBusy: background != nil)
  }

  // MARK: Handling

  private func handle(_ text: String) async {
    if text.trimmed.isEmpty { return }
    let before = TerminalModes.hold(signals: background == nil)
    defer { TerminalModes.hold(signals: before) }
    let request = PromptRequest(text)
    let analysis = session.analyse(request?.argument ?? text)
    let typed = InputLine(
      text: text.trimmingNewlines, isConfidential: mayHoldCredential(text, analysis))
    remember(typed)
    if let request { return await perform(request) }
    last = typed
    run(text, analysis)
  }

  /// Credentials are recalled in this session, and kept nowhere.
  private func remember(_ typed: InputLine) {
    guard typed.text != remembered else { return }
    remembered = typed.text
    editor.remember(typed.text)
    guard !typed.isConfidential else { return }
    do { try history.add(typed.text, at: Clock.instant(nil).iso8601) } catch {
      console.warnOnce("the history cannot be kept: \(error.message)")
    }
  }

  /// `eyj` begins a JSON Web Token.
  private static let confidentialWords = [
    "secret", "input", "token", "passw", "passphrase", "pwd", "apikey", "api_key", "private_key",
    "credential", "bearer", "eyj",
  ]

  /// `true` also for what merely looks so: the text may be wrong, and its definitions unknown.
  private func mayHoldCredential(_ text: String, _ analysis: Analysis) -> Bool {
    let lowered = text.lowercased()
    return Self.confidentialWords.contains { lowered.contains($0) }
      || session.holdsToken(text) || analysis.holdsConfidentialText
  }

  /// Carries out a statement, if nothing is wrong with it. `agreed` is a plan that was shown before.
  func run(_ text: String, _ analysis: Analysis, agreed: RecordedPlan? = nil) {
    session.show(analysis)
    guard let script = analysis.script else { return offerFixed(text, analysis) }
    if script.writes, background != nil { return refuse() }
    // Its names may stand for something else by then.
    if (script.writes && session.mode == .live) || !script.boundNames.isEmpty { pending = nil }
    let job = session.start(
      script, text, analysis, mailbox, agreed: agreed, inBackground: background != nil)
    guard let end = wait(for: job) else { return }
    if let proposed = session.conclude(end, of: job) {
      pending = .statement(text, proposed)
      StandardOutput.shared.talk("The plan is kept; :go carries it out.")
    }
  }

  func refuse() {
    console.error(
      "a run is under way, so nothing else is written",
      help: ":fg waits for its end; what only reads can be done meanwhile")
  }

  /// Where there is one fix for every error, the text with these is the next line: it is seen before
  /// it is run, so that the fixes may be guesses.
  private func offerFixed(_ text: String, _ analysis: Analysis) {
    let errors = analysis.diagnostics.filter(\.isError)
    let file = SourceFile(name: Session.name, text: text)
    guard let own = analysis.sources.files.last(where: { $0.bytes == file.bytes }) else { return }
    let (fixed, count) = FixApplier.fixed(own, errors, guessing: true)
    if count == errors.count { initial = String(decoding: fixed, as: UTF8.self) }
  }

  // MARK: Waiting

  /// Returns `nil` where the run was put aside.
  func wait(for job: Job) -> Job.End? {
    // While another run writes, the keys are for this one alone, and the signals for that one.
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
      if TerminalSignals.takeContinuation() { TerminalModes.hold() }
    }
  }

  /// Keys that come while a statement runs. Returns `true` iff it is to be put aside.
  private func heedKeys(_ job: Job) -> Bool {
    let isWriting = Interruption.current == .writing && background == nil
    let meant =
      isWriting ? ControlKey.all : ControlKey.all.subtracting([ControlKey.background.rawValue])
    guard let keys = editor.takeIn(meant.contains) else {
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

  /// Keys with a meaning while a statement runs.
  private enum ControlKey: UInt8, CaseIterable {
    case background = 2
    case interrupt = 3
    case suspend = 26

    static let all = Set(allCases.map(\.rawValue))
  }

  /// Only what is being written goes on behind the prompt: it has been asked for what it needs.
  private func putInBackground(_ job: Job) {
    background = job
    editor.ignoresInterruptions = true
    console.hasBackgroundJob = true
    StandardOutput.shared.talk("The run goes on; :fg waits for its end.")
  }

  /// Waits for the run that was put aside, if there is one.
  func finishBackground() {
    guard let job = background else { return }
    takeBack()
    askWhatWaits()
    if let end = wait(for: job) { _ = session.conclude(end, of: job) }
    showMessages()
  }

  private func takeBack() {
    background = nil
    editor.ignoresInterruptions = false
    console.hasBackgroundJob = false
  }

  /// Something came while a line was typed.
  private func attend() {
    showMessages()
    guard let job = background, let end = ends.removeValue(forKey: job.number) else { return }
    takeBack()
    _ = session.conclude(end, of: job)
    Interruption.reset()
    showMessages()
    editor.change(promptText)
  }

  /// Shows what was posted, and notes what has ended.
  func showMessages() {
    for message in mailbox.take() {
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
  /// While a line is typed, a run that was put aside has to wait for its answer.
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
