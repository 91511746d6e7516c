import CReadline
import Glibc

/// GNU readline, driven from our own loop, which hears signals and running statements as well.
/// There is one terminal, so there is one editor.
@MainActor package final class LineEditor {
  package static let shared = LineEditor()

  /// Knows what the text means; nobody does while a question is answered.
  private var assistant: (any LineAssistant)?
  /// Told whenever something happened elsewhere while keys were awaited.
  private var attend: () -> Void = {}
  /// `true` iff a signal that interrupts is meant for something else than the line.
  package var ignoresInterruptions = false

  private var keys = KeyStream()
  private var event: LineEvent?
  /// `true` once readline has handed the line over.
  private var isTaken = false
  /// What a key asked for, to be done once readline has dealt with the key.
  private var wish: PendingAction?
  private var prompt = PromptText("")
  private var completion: LineCompletion?
  private var isPrepared = false
  package private(set) var isEditing = false
  private var isPainted = false
  /// `true` iff the line cannot be coloured where it stands.
  private var isUnpaintable = false

  private init() {}

  private enum PendingAction { case giveUp, suspend }

  /// Reads a line, in which `initial` stands from the beginning.
  package func next(
    _ prompt: PromptText, initial: String = "", assistant: any LineAssistant,
    attend: @escaping () -> Void
  ) -> LineEvent {
    self.assistant = assistant
    self.attend = attend
    return edit(prompt, initial)
  }

  /// Asks. Keys that came before the question are no answer to it; they are kept for the next line.
  package func answer(to question: PromptText) -> String? {
    prepare()
    _ = takeIn()
    let early = keys
    keys = KeyStream()
    defer { keys.put(behind: early) }
    (assistant, attend) = (nil, {})
    // Nothing that was typed earlier is an answer, by whatever key it comes back.
    let history = conn_rl_hide_history()
    defer { conn_rl_show_history(history) }
    guard case .line(let answer) = edit(question, "") else { return nil }
    return answer
  }

  private func edit(_ prompt: PromptText, _ initial: String) -> LineEvent {
    prepare()
    (event, isTaken, isUnpaintable) = (nil, false, false)
    self.prompt = prompt
    isEditing = true
    conn_rl_begin(prompt.text, Self.take)
    if !initial.isEmpty { conn_rl_insert(initial) }
    while event == nil { awaitSomething() }
    isEditing = false
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
    }
    isPrepared = true
  }

  // MARK: Waiting

  /// Waits for a key, a signal or a message, so that none of them ends the wait of another.
  private func awaitSomething() {
    if keys.isEmpty {
      // What came since the last wait woke somebody else.
      heed()
      guard event == nil else { return }
      let isKey = Interruption.waitForInputOrWake()
      heed()
      guard event == nil, isKey else { return }
    }
    rl_callback_read_char()
    switch wish {
    case .giveUp: giveUp()
    case .suspend: suspendNow()
    case nil: break
    }
    wish = nil
  }

  private func heed() {
    heedSignals()
    attend()
  }

  private func heedSignals() {
    if TerminalSignals.takeResize() { conn_rl_resize() }
    if TerminalSignals.takeContinuation() { conn_rl_continue() }
    if Interruption.isTermination {
      event = .end
    } else if Interruption.isRequested, !ignoresInterruptions {
      Interruption.reset()
      giveUp()
    }
  }

  private func giveUp() {
    conn_rl_go_to_end()
    conn_rl_put("^C\n")
    event = .abandoned
  }

  private func suspendNow() {
    conn_rl_suspend()
    TerminalModes.stop()
    conn_rl_continue()
  }

  // MARK: Keys

  /// Takes in what has been typed, for the next line; returns `nil` at the end of the input. What
  /// `isMeant` picks out is returned, and is no part of a line.
  package func takeIn(_ isMeant: (UInt8) -> Bool = { _ in false }) -> [UInt8]? {
    keys.takeIn(isMeant)
  }

  /// Returns the next byte, or -1 at the end of the input.
  private func nextByte() -> Int32 {
    guard let next = keys.next(isWayOut: isWayOut) else {
      if keys.isAtEnd { event = .end }
      return -1
    }
    guard next == Self.prefixKey, conn_rl_searches() != 0 else { return Int32(next) }
    // Readline 8.2 crashes where such a key ends a search and what follows it is not bound.
    keys.putBack(next)
    return Self.endOfSearch
  }

  /// Ctrl-X, which other keys follow.
  private static let prefixKey: UInt8 = 0x18
  /// Ctrl-J ends a search and does nothing else.
  private static let endOfSearch: Int32 = 0x0A

  /// `true` for a Ctrl-C that ends pasted text whose end never came.
  private func isWayOut(_ byte: UInt8) -> Bool {
    byte == 3 && conn_rl_reads_more() != 0 && !Interruption.hasInput(within: 0.1)
  }

  // MARK: Showing

  /// Shows words where the line is, and the line below them.
  /// `replacingLines` are those directly above that give way.
  package func say(_ words: String, replacingLines count: Int = 0) {
    guard isEditing else { return conn_rl_put(words) }
    rl_clear_visible_line()
    conn_rl_put(String(repeating: "\u{1B}[A\u{1B}[2K", count: count) + words)
    conn_rl_show_again()
  }

  /// The line goes on behind another prompt, from the next time it is shown.
  package func change(_ prompt: PromptText) {
    guard isEditing else { return }
    rl_clear_visible_line()
    self.prompt = prompt
    rl_set_prompt(prompt.text)
    conn_rl_show_again()
  }

  /// Colours over what readline has shown, where that is known to the column.
  private func paint() {
    guard let assistant, isEditing, event == nil, keys.isEmpty, !Interruption.hasInput(),
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
  }

  /// `nil` where readline does not show the prompt and the whole line.
  private func overpaint(_ text: String, cursor: Int) -> HighlightOverlay? {
    guard conn_rl_is_on("horizontal-scroll-mode") == 0, conn_rl_is_on("show-mode-in-prompt") == 0
    else { return nil }
    var (rows, columns): (Int32, Int32) = (0, 0)
    rl_get_screen_size(&rows, &columns)
    return HighlightOverlay(
      prompt.text + text, cursor: cursor, columns: Int(columns), rows: Int(rows),
      width: { Int(conn_rl_width($0.value)) })
  }

  /// A line that could not be coloured as it was typed is shown once more.
  private func echo(_ line: String) {
    guard isUnpaintable, let styles = assistant?.styles(of: line, cursor: line.utf8.count),
      !styles.isEmpty
    else { return }
    conn_rl_put(line.painted(styles) + "\n")
  }

  // MARK: History

  /// Puts a statement where the arrow keys and Ctrl-R find it.
  package func remember(_ statement: String) {
    prepare()
    add_history(statement)
  }

  package func limitHistory(to count: Int) { stifle_history(Int32(count)) }
}

// MARK: What readline calls

extension LineEditor {
  private static let readKey: @convention(c) (UnsafeMutablePointer<FILE>?) -> Int32 = { _ in
    MainActor.assumeIsolated { LineEditor.shared.nextByte() }
  }

  private static let redisplay: @convention(c) () -> Void = {
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
      conn_rl_put("error: the line holds what is not valid UTF-8; the Up key recalls it\n")
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

  // MARK: Completion

  /// Returns the candidates as readline takes them: what they have in common, then each of them.
  private static let complete:
    @convention(c) (UnsafePointer<CChar>?, Int32, Int32) ->
      UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = { _, start, end in
        conn_rl_take_completion()
        let matches = MainActor.assumeIsolated {
          LineEditor.shared.matches(from: Int(start), to: Int(end))
        }
        guard !matches.isEmpty else { return nil }
        let list = calloc(matches.count + 1, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)
        let array = list?.bindMemory(
          to: UnsafeMutablePointer<CChar>?.self, capacity: matches.count + 1)
        for (place, match) in matches.enumerated() { array?[place] = strdup(match) }
        return array
      }

  private func matches(from start: Int, to end: Int) -> [String] {
    guard let text = String(validatingCString: conn_rl_line()),
      let found = assistant?.completion(of: text, cursor: end), found.start >= start,
      !found.candidates.isEmpty
    else { return [] }
    completion = found
    let before = String(decoding: Array(text.utf8)[start..<found.start], as: UTF8.self)
    if found.candidates.count == 1 { return [before + found.candidates[0]] }
    return [before + found.common] + found.candidates.map { before + $0 }
  }

  private static let showCandidates:
    @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, Int32, Int32) -> Void = {
      _, _, _ in
      MainActor.assumeIsolated {
        let editor = LineEditor.shared
        editor.say(editor.completion?.listing ?? "")
      }
    }
}
