import ConnectionsClient
import Evaluation
import Glibc
import LineEditing
import Synchronization
import Text

/// Writes results to stdout and messages to stderr. All text for a terminal passes through one
/// escaping function, which keeps only newlines and colours.
final class StandardOutput: Output {
  /// Set once a write to stdout has failed, so that the results are incomplete.
  private let failed = Atomic<Bool>(false)
  /// Set once the reader has closed the pipe, as `head` does when it has enough.
  private let isClosed = Atomic<Bool>(false)
  /// `true` while a line of progress is on the terminal.
  private let isCounting = Atomic<Bool>(false)
  /// The descriptors of results and of messages.
  let output: Int32
  let errors: Int32
  /// `true` iff messages go to a terminal.
  let talksToTerminal: Bool
  /// `true` iff results go to a terminal.
  let showsToTerminal: Bool
  /// `true` iff the terminal doesn't support escape codes.
  let isDumb: Bool
  /// The secrets that no output shows.
  let secrets = KnownSecrets()

  /// The mailbox of a prompt, which shows everything itself; `nil` if there is none.
  private let prompt = Mutex<Mailbox?>(nil)

  init(output: Int32, errors: Int32, isDumb: Bool) {
    (self.output, self.errors, self.isDumb) = (output, errors, isDumb)
    talksToTerminal = isatty(errors) == 1
    showsToTerminal = isatty(output) == 1
  }

  var hasFailed: Bool { failed.load(ordering: .acquiring) }

  /// Posts all output to a mailbox from now on; `nil` ends that.
  func divert(to mailbox: Mailbox?) { prompt.withLock { $0 = mailbox } }

  private func hasPosted(_ message: Mailbox.Message) -> Bool {
    guard let mailbox = prompt.withLock({ $0 }) else { return false }
    mailbox.post(message)
    return true
  }

  /// `true` iff nobody reads the results any more, or they can't be written.
  var isOutputClosed: Bool { hasFailed || isClosed.load(ordering: .acquiring) }

  func data(_ text: String) { if !hasPosted(.data(text)) { writeData(text) } }

  func talk(_ line: String) { if !hasPosted(.talk(line)) { writeTalk(line) } }

  func progress(_ line: String) { if !hasPosted(.progress(line)) { writeProgress(line) } }

  /// Writes a question; the answer is typed on the same line.
  func prompt(_ question: String) {
    clearProgress()
    _ = put(question.escapingForTerminal(), on: errors)
  }

  /// Asks for a secret without echo; `nil` if there is no answer.
  func askSecret(_ question: String) async -> String? {
    guard let mailbox = prompt.withLock({ $0 }) else {
      return PasswordPrompt.ask(question)
    }
    return await mailbox.ask(question, isSecret: true)
  }

  // MARK: Writing

  func writeData(_ text: String) {
    clearProgress()
    guard !hasFailed, !isClosed.load(ordering: .acquiring) else { return }
    let text = showsToTerminal ? text.escapingForTerminal() : text
    guard !put(text, on: output) else { return }
    if errno == EPIPE { return isClosed.store(true, ordering: .releasing) }
    failed.store(true, ordering: .releasing)
    writeTalk("error: cannot write the results: \(String(cString: strerror(errno)))")
  }

  func writeTalk(_ line: String) {
    clearProgress()
    _ = put(fitted(line) + "\n", on: errors)
  }

  /// Returns the text of a message as the terminal shows it: lines break between words. Secrets are
  /// masked before, so that no break hides one.
  func fitted(_ message: String) -> String {
    let shown = secrets.masking(message).escapingForTerminal()
    guard talksToTerminal, let columns = Self.size(of: errors)?.ws_col,
      columns >= Self.fewestColumns
    else { return shown }
    return shown.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap {
        $0.fits(Int(columns)) ? [String($0)] : String($0).wrappedHanging(to: Int(columns))
      }
      .joined(separator: "\n")
  }

  /// The fewest columns for which lines are broken. In fewer, a break could split the escape codes of a
  /// coloured word.
  private static let fewestColumns = 40

  /// Returns the size of a terminal; `nil` if the descriptor is none.
  static func size(of descriptor: Int32) -> winsize? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  func writeProgress(_ line: String) {
    guard showsProgress else { return }
    _ = put("\r\u{1B}[K" + line.escapingHiddenCharacters(), on: errors)
    isCounting.store(!line.isEmpty, ordering: .releasing)
  }

  /// `true` iff stderr is a terminal that can overwrite a line.
  var showsProgress: Bool { talksToTerminal && !isDumb }

  func clearProgress() {
    if isCounting.exchange(false, ordering: .acquiringAndReleasing) {
      _ = put("\n", on: errors)
    }
  }

  /// Writes a text; returns `false` if that fails.
  private func put(_ text: String, on descriptor: Int32) -> Bool {
    FileBytes.write(secrets.masking(text), to: descriptor)
  }
}

extension Substring {
  /// `true` for a line that needs no break. Lines of a script that a diagnostic shows, and the marks
  /// below them, have none, so that they stay in line.
  fileprivate func fits(_ columns: Int) -> Bool {
    drop { $0 == " " || $0.isNumber }.first == "|"
      || String(self).withoutStyles.displayWidth <= columns
  }
}
