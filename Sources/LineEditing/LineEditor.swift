import CReadline
import Glibc

// Why readline is driven in callback mode, and why colours are painted over its display
//
// The prompt has to react to more than keys while a line is being edited: to Ctrl-C and SIGTERM, to
// a new terminal size, and to a run in the background that prints, asks or ends. `readline()` would
// block inside the library and know only about keys. So we use readline's callback mode: our own
// loop waits in `poll` for the terminal and for a self-pipe (see ``Interruption``), and hands
// readline one key at a time. Signals stay ours; readline installs no handlers.
//
// The line is coloured as it is typed, but readline can't show colours: it loses track of the
// cursor if the line contains escape codes. So readline shows the plain line as always. After each
// redisplay ``HighlightOverlay`` writes the same characters once more with colours, in the same
// positions, and returns the cursor to its place. That works only while the position of every
// character is known: if the line doesn't fit on the screen, if readline scrolls it sideways, or
// during a search, the line stays plain. A line taller than the screen is folded. A line that was not
// coloured because of its size is shown in colour once when it is entered.

/// The line editor: GNU readline, driven by our own loop. There is one, since there is one
/// terminal.
@MainActor package final class LineEditor {
  package static let shared = LineEditor()

  /// Supplies colours and completion; `nil` while a question is answered.
  var assistant: (any LineAssistant)?
  /// Called whenever something else happened while waiting for keys.
  private var attend: () -> Void = {}
  /// `true` iff an interrupting signal is not for the line but for a background run.
  package var ignoresInterruptions = false

  private var keys = KeyStream()
  var event: LineEvent?
  /// `true` once readline has returned the line.
  private var isTaken = false
  /// The action a key asked for, to be done once readline has finished with the key.
  private var wish: PendingAction?
  private(set) var prompt = PromptText("")
  var completion: LineCompletion?
  private var isPrepared = false
  package private(set) var isEditing = false
  private var isPainted = false
  /// `true` iff the line can't be coloured where it is.
  private var isUnpaintable = false
  /// `true` iff the line is shown in one row, because it is taller than the screen.
  var isFolded = false
  /// The rest of an earlier line, which → or End takes over; empty if there is none.
  var suggestion = ""
  /// `true` iff the suggestion is on the screen, after the cursor.
  var showsSuggestion = false

  private init() {}

  private enum PendingAction { case giveUp, suspend }

  /// Reads a line that starts out as `initial`.
  package func next(
    _ prompt: PromptText, initial: String = "", assistant: any LineAssistant,
    attend: @escaping () -> Void
  ) -> LineEvent {
    self.assistant = assistant
    self.attend = attend
    return edit(prompt, initial)
  }

  /// Asks a question and returns the answer, or `nil` if there is none. Keys typed before the
  /// question are not part of the answer; they are kept for the next line.
  package func answer(to question: PromptText) -> String? {
    prepare()
    _ = readPending()
    let early = keys
    keys = KeyStream()
    defer { keys.put(behind: early) }
    (assistant, attend) = (nil, {})
    // Nothing typed earlier may become an answer, so no key can recall it either.
    let history = conn_rl_hide_history()
    defer { conn_rl_show_history(history) }
    guard case .line(let answer) = edit(question, "") else { return nil }
    return answer
  }

  private func edit(_ prompt: PromptText, _ initial: String) -> LineEvent {
    prepare()
    (event, isTaken, isUnpaintable) = (nil, false, false)
    (suggestion, showsSuggestion) = ("", false)
    self.prompt = prompt
    isEditing = true
    conn_rl_begin(prompt.text, Self.take)
    if !initial.isEmpty { conn_rl_insert(initial) }
    while event == nil { awaitSomething() }
    isEditing = false
    unfold()
    if !isTaken { conn_rl_abandon() }
    return event ?? .end
  }

  private func prepare() {
    if !isPrepared {
      TerminalModes.hold(signals: false)
      conn_rl_prepare(Self.readKey, Self.redisplay, Self.complete, Self.showCandidates)
      conn_rl_add("conn-abandon-line", Self.abandon, nil)
      conn_rl_claim(Self.abandon, "\\C-c")
      conn_rl_add("conn-suspend", Self.suspend, nil)
      conn_rl_claim(Self.suspend, "\\C-z")
      conn_rl_add("conn-preview", Self.preview, "\\C-xp")
      conn_rl_wrap(rl_forward_char, Self.forwardCharacter)
      conn_rl_wrap(rl_end_of_line, Self.endOfLine)
    }
    isPrepared = true
  }

  // MARK: Waiting

  /// Waits for a key, a signal or a message, and handles it.
  private func awaitSomething() {
    if keys.isEmpty {
      // An event since the last wait may have woken another waiter.
      heed()
      guard event == nil else { return }
      let isKey = Interruption.waitForInputOrWake()
      heed()
      guard event == nil, isKey else { return }
    }
    hideSuggestion()
    rl_callback_read_char()
    showSuggestionAgain()
    switch wish {
    case .giveUp: giveUp()
    case .suspend: suspendNow()
    case nil: break
    }
    wish = nil
  }

  private func heed() {
    if TerminalSignals.isPending || Interruption.isRequested { hideSuggestion() }
    heedSignals()
    attend()
  }

  private func heedSignals() {
    if TerminalSignals.consumeResize() { conn_rl_resize() }
    if TerminalSignals.consumeContinuation() { conn_rl_continue() }
    if Interruption.isTermination {
      event = .end
    } else if Interruption.isRequested, !ignoresInterruptions {
      Interruption.reset()
      giveUp()
    }
  }

  private func giveUp() {
    event = .abandoned
    hideSuggestion()
    conn_rl_go_to_end()
    conn_rl_put("^C\n")
  }

  private func suspendNow() {
    hideSuggestion()
    conn_rl_suspend()
    TerminalModes.stop()
    conn_rl_continue()
  }

  // MARK: Keys

  /// Reads all available keys and keeps them for the next line. Bytes that `isMeant` selects are
  /// returned instead of kept; `nil` at the end of the input.
  package func readPending(_ isMeant: (UInt8) -> Bool = { _ in false }) -> [UInt8]? {
    keys.readPending(isMeant)
  }

  /// `true` iff keys are waiting that readline hasn't handled yet.
  package var hasKeys: Bool { !keys.isEmpty || Interruption.hasInput() }

  /// Returns the next byte, or -1 at the end of the input.
  private func nextByte() -> Int32 {
    guard let next = keys.next(isWayOut: isWayOut) else {
      if keys.isAtEnd { event = .end }
      return -1
    }
    guard next == Self.prefixKey, conn_rl_searches() != 0 else { return Int32(next) }
    // Readline 8.2 crashes if this key ends a search and the key after it is unbound.
    keys.putBack(next)
    return Self.endOfSearch
  }

  /// Ctrl-X, the first key of several two-key commands.
  private static let prefixKey: UInt8 = 0x18
  /// Ctrl-J ends a search and does nothing else.
  private static let endOfSearch: Int32 = 0x0A

  /// `true` for a Ctrl-C that ends a paste whose end marker never came.
  private func isWayOut(_ byte: UInt8) -> Bool {
    byte == 3 && conn_rl_reads_more() != 0 && !Interruption.hasInput(within: 0.1)
  }

  // MARK: Showing

  /// Shows text above the line, in place of the `count` rows directly above it.
  package func say(_ words: String, replacingLines count: Int = 0) {
    guard isEditing else { return conn_rl_put(words) }
    hideSuggestion()
    rl_clear_visible_line()
    conn_rl_put(String(repeating: "\u{1B}[A\u{1B}[2K", count: count) + words)
    conn_rl_show_again()
  }

  /// Shows the line with another prompt.
  package func change(_ prompt: PromptText) {
    guard isEditing else { return }
    hideSuggestion()
    rl_clear_visible_line()
    self.prompt = prompt
    rl_set_prompt(prompt.text)
    conn_rl_show_again()
  }

  /// Paints colours over the line that readline has shown, if every column is known.
  func paint() {
    guard let assistant, isEditing, event == nil, !hasKeys,
      conn_rl_is_ordinary() != 0, let text = String(validatingCString: conn_rl_line())
    else { return }
    let (offset, cursor) = (prompt.text.utf8.count, Int(conn_rl_point()))
    let overpaint = overpaint(text, cursor: offset + cursor)
    isUnpaintable = overpaint == nil
    let styles =
      prompt.ranges
      + assistant.styles(of: text, cursor: cursor).map { $0.shifted(by: offset) }
    if let overpaint, !styles.isEmpty || isPainted { conn_rl_put(overpaint.sequence(styles)) }
    isPainted = !styles.isEmpty
    suggest(assistant, text, cursor, columns: overpaint?.columnsAfterCursor ?? 0)
  }

  /// The overlay for a line; `nil` if readline doesn't show the prompt and the whole line.
  private func overpaint(_ text: String, cursor: Int) -> HighlightOverlay? {
    guard conn_rl_is_on("horizontal-scroll-mode") == 0, conn_rl_is_on("show-mode-in-prompt") == 0
    else { return nil }
    var (rows, columns): (Int32, Int32) = (0, 0)
    rl_get_screen_size(&rows, &columns)
    return HighlightOverlay(
      prompt.text + text, cursor: cursor, columns: Int(columns), rows: Int(rows),
      width: { Int(conn_rl_width($0.value)) })
  }

  /// Shows an entered line again, in colour, if it couldn't be coloured while it was typed.
  private func echo(_ line: String) {
    guard isUnpaintable, let styles = assistant?.styles(of: line, cursor: line.utf8.count),
      !styles.isEmpty
    else { return }
    conn_rl_put(line.painted(styles) + "\n")
  }

  // MARK: History

  /// Adds a statement to the history of this session, for the arrow keys and Ctrl-R.
  package func remember(_ statement: String) {
    prepare()
    add_history(statement)
  }

  package func limitHistory(to count: Int) { stifle_history(Int32(count)) }
}

// MARK: Callbacks of readline

extension LineEditor {
  private static let readKey: @convention(c) (UnsafeMutablePointer<FILE>?) -> Int32 = { _ in
    MainActor.assumeIsolated { LineEditor.shared.nextByte() }
  }

  private static let redisplay: @convention(c) () -> Void = {
    MainActor.assumeIsolated { LineEditor.shared.fold() }
    rl_redisplay()
    MainActor.assumeIsolated { LineEditor.shared.paint() }
  }

  private static let take: @convention(c) (UnsafeMutablePointer<CChar>?) -> Void = { line in
    let isEnd = line == nil
    let text = line.flatMap { String(validatingCString: $0) }
    free(line)
    MainActor.assumeIsolated { LineEditor.shared.accept(text, isEnd: isEnd) }
    rl_callback_handler_remove()
  }

  private func accept(_ text: String?, isEnd: Bool) {
    isTaken = true
    if let text, !text.unicodeScalars.contains("\u{FFFD}") {
      echo(text)
      return event = .line(text)
    }
    if let text { add_history(text) }
    if !isEnd {
      conn_rl_put("error: the line is not valid UTF-8; press Up to recall it\n")
    }
    event = isEnd ? .end : .abandoned
  }

  private static let abandon: @convention(c) (Int32, Int32) -> Int32 = { _, _ in
    MainActor.assumeIsolated { LineEditor.shared.wish = .giveUp }
    return 0
  }

  private static let suspend: @convention(c) (Int32, Int32) -> Int32 = { _, _ in
    MainActor.assumeIsolated { LineEditor.shared.wish = .suspend }
    return 0
  }

  private static let preview: @convention(c) (Int32, Int32) -> Int32 = { _, _ in
    MainActor.assumeIsolated { LineEditor.shared.showPreview() }
    return 0
  }

  private func showPreview() {
    guard let assistant, let text = String(validatingCString: conn_rl_line()) else { return }
    assistant.preview(text)
  }
}
