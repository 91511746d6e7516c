import CReadline
import Glibc
import Synchronization

/// What a person did at the prompt.
enum LineEvent: Sendable {
  case line(String)
  /// Ctrl-C: the line is abandoned.
  case abandoned
  /// Ctrl-D, the end of the input, or a request to end.
  case end
}

/// Reads lines: with GNU readline on a terminal, plainly otherwise.
struct LineReader {
  private let isInteractive: Bool
  private let historyPath: String?

  /// The address of the line that readline has handed over; 0 at the end of the input.
  private static let line = Atomic<UInt>(0)
  private static let isDone = Atomic<Bool>(false)

  /// Takes a complete line from readline.
  private static let take: @convention(c) (UnsafeMutablePointer<CChar>?) -> Void = { line in
    LineReader.line.store(UInt(bitPattern: line), ordering: .releasing)
    LineReader.isDone.store(true, ordering: .releasing)
    rl_callback_handler_remove()
  }

  private static let historyLimit: Int32 = 5_000

  init(isInteractive: Bool, historyPath: String?) {
    self.isInteractive = isInteractive
    self.historyPath = historyPath
    guard isInteractive else { return }
    conn_readline_prepare()
    using_history()
    stifle_history(Self.historyLimit)
    if let historyPath { _ = read_history(historyPath) }
  }

  func next(_ prompt: String) -> LineEvent {
    isInteractive ? edited(prompt) : readLine(strippingNewline: true).map(LineEvent.line) ?? .end
  }

  /// Waits for input itself, so that a signal ends the wait and no typed character is lost.
  private func edited(_ prompt: String) -> LineEvent {
    Self.isDone.store(false, ordering: .releasing)
    rl_callback_handler_install(prompt, Self.take)
    while true {
      var inputs = [STDIN_FILENO, Interruption.wake].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      let ready = poll(&inputs, 2, -1)
      if Interruption.isRequested { return abandon() }
      if ready < 0, errno != EINTR { return .end }
      if ready > 0, inputs[0].revents != 0 { rl_callback_read_char() }
      if Self.isDone.load(ordering: .acquiring) { return taken() }
    }
  }

  private func abandon() -> LineEvent {
    defer { Interruption.reset() }
    conn_readline_abandon()
    StandardOutput.shared.talk("^C")
    return Interruption.isTermination ? .end : .abandoned
  }

  private func taken() -> LineEvent {
    guard let line = UnsafeMutablePointer<CChar>(bitPattern: Self.line.load(ordering: .acquiring))
    else {
      StandardOutput.shared.talk("")
      return .end
    }
    defer { free(line) }
    return .line(String(cString: line))
  }

  /// Keeps a statement for later sessions, in a file of the user's own.
  func remember(_ statement: String) {
    guard isInteractive, !statement.isEmpty else { return }
    add_history(statement.replacing("\n", with: " "))
    guard let historyPath else { return }
    let before = umask(0o077)
    _ = write_history(historyPath)
    umask(before)
    chmod(historyPath, 0o600)
  }
}
