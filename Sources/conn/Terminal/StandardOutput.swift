import Engine
import Glibc
import Language
import Synchronization

/// stdout for data, stderr for talk. What a terminal is given passes one escaping function, which
/// leaves lines and colours alone.
final class StandardOutput: Output {
  static let shared = StandardOutput()

  /// Set once a write has failed: the results are incomplete.
  private let failed = Atomic<Bool>(false)
  /// Set once the reader has gone, as `head` does; it has what it wanted.
  private let isClosed = Atomic<Bool>(false)
  /// A line of progress stands on the terminal.
  private let isCounting = Atomic<Bool>(false)
  let talksToTerminal = isatty(STDERR_FILENO) == 1
  private let showsToTerminal = isatty(STDOUT_FILENO) == 1

  /// Where a prompt shows everything at its place instead.
  private let prompt = Mutex<Mailbox?>(nil)

  var hasFailed: Bool { failed.load(ordering: .acquiring) }

  /// From now on what is said is posted; `nil` ends that.
  func divert(to mailbox: Mailbox?) { prompt.withLock { $0 = mailbox } }

  private func hasPosted(_ message: Mailbox.Message) -> Bool {
    guard let mailbox = prompt.withLock({ $0 }) else { return false }
    mailbox.post(message)
    return true
  }

  func data(_ text: String) { if !hasPosted(.data(text)) { writeData(text) } }

  func talk(_ line: String) { if !hasPosted(.talk(line)) { writeTalk(line) } }

  func progress(_ line: String) { if !hasPosted(.progress(line)) { writeProgress(line) } }

  /// Writes a question, which the answer follows on the same line.
  func prompt(_ question: String) {
    clearProgress()
    _ = put(question.escapingForTerminal(), on: STDERR_FILENO)
  }

  /// Returns what a person types unseen; `nil` where nobody can be asked.
  func askSecret(_ question: String) async -> String? {
    guard let mailbox = prompt.withLock({ $0 }) else {
      return SecretQuestion.ask(question)
    }
    return await mailbox.ask(question, isSecret: true)
  }

  // MARK: Writing

  func writeData(_ text: String) {
    clearProgress()
    guard !hasFailed, !isClosed.load(ordering: .acquiring) else { return }
    let text = showsToTerminal ? text.escapingForTerminal() : text
    guard !put(text, on: STDOUT_FILENO) else { return }
    if errno == EPIPE { return isClosed.store(true, ordering: .releasing) }
    failed.store(true, ordering: .releasing)
    writeTalk("error: cannot write the results: \(String(cString: strerror(errno)))")
  }

  func writeTalk(_ line: String) {
    clearProgress()
    _ = put(line.escapingForTerminal() + "\n", on: STDERR_FILENO)
  }

  func writeProgress(_ line: String) {
    guard showsProgress else { return }
    _ = put("\r\u{1B}[K" + line.escapingHiddenCharacters(), on: STDERR_FILENO)
    isCounting.store(!line.isEmpty, ordering: .releasing)
  }

  /// A terminal that cannot take a line back is shown none.
  var showsProgress: Bool { talksToTerminal && !TerminalModes.isDumb }

  func clearProgress() {
    if isCounting.exchange(false, ordering: .acquiringAndReleasing) {
      _ = put("\n", on: STDERR_FILENO)
    }
  }

  /// Returns `false` where not all bytes could be written.
  private func put(_ text: String, on descriptor: Int32) -> Bool {
    FileBytes.write(Array(text.utf8), to: descriptor)
  }
}

/// Data alone: `--quiet`.
struct QuietOutput: Output {
  func data(_ text: String) { StandardOutput.shared.data(text) }
  func talk(_ line: String) {}
  func progress(_ line: String) {}
  var showsProgress: Bool { false }
}

/// What the terminal can show.
enum TerminalStyle {
  static func style(of descriptor: Int32, isOff: Bool) -> TextStyle {
    let refused = isOff || variable("NO_COLOR")?.isEmpty == false || TerminalModes.isDumb
    return isatty(descriptor) == 1 && !refused ? .colored : .plain
  }

  /// The columns of the terminal on stdout, or `nil` where there is none.
  static var width: Int? { size.flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } }

  /// Its rows, or `nil` where there is none.
  static var height: Int? { size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } }

  private static var size: winsize? {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// The person at the terminal.
struct StandardTerminal: Terminal {
  var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  func ask(_ question: String) async -> String? {
    // What was typed before the question is no answer to it.
    tcflush(STDIN_FILENO, TCIFLUSH)
    StandardOutput.shared.prompt(question)
    let before = Interruption.enter(.prompting)
    defer { Interruption.enter(before) }
    if Interruption.waitForInput() { return readLine(strippingNewline: true) }
    StandardOutput.shared.prompt("\n")
    return nil
  }
}
