import Glibc
import Synchronization

/// How the terminal treats keys: as it was found, or as a prompt needs it.
///
/// Between two lines the prompt keeps the terminal from showing and from gathering keys, so that
/// what is typed while a statement runs waits, byte by byte, for the next line. The modes that were
/// found come back with every end of the program, a signal's included.
package enum TerminalModes {
  private static let isChanged = Atomic<Bool>(false)

  /// The modes as they were when the program began.
  private static let found: termios? = {
    var modes = termios()
    return tcgetattr(STDIN_FILENO, &modes) == 0 ? modes : nil
  }()

  /// Ends bracketed paste, shows the cursor, and ends colours. Source: xterm, "Control Sequences".
  private static let endings: StaticString = "\u{1B}[?2004l\u{1B}[?25h\u{1B}[0m"

  /// `true` iff Ctrl-C interrupts, ahead of keys that wait; otherwise it is a key like others.
  private static let interrupts = Atomic<Bool>(false)

  /// Keys wait, unseen; Ctrl-C throws none of them away. Returns what Ctrl-C was before.
  @discardableResult
  package static func hold(signals: Bool) -> Bool {
    let before = interrupts.exchange(signals, ordering: .acquiringAndReleasing)
    hold()
    return before
  }

  /// The same, as it was last.
  package static func hold() {
    guard var modes = found else { return }
    let signals = interrupts.load(ordering: .acquiring) ? 0 : ISIG
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | signals)
    modes.c_lflag |= tcflag_t(NOFLSH)
    // Output that a key has stopped would hold the program up, its end included. Return stays what
    // it is: Ctrl-J ends a search and does nothing else.
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR)
    withUnsafeMutableBytes(of: &modes.c_cc) { keys in
      for key in [VSUSP, VQUIT] { keys[Int(key)] = 0 }
      (keys[Int(VMIN)], keys[Int(VTIME)]) = (1, 0)
    }
    isChanged.store(true, ordering: .releasing)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }

  /// As the terminal was found. It may run in a signal handler.
  package static func restore() {
    // A background process would be stopped by it.
    guard tcgetpgrp(STDIN_FILENO) == getpgrp(), var modes = found,
      isChanged.exchange(false, ordering: .acquiringAndReleasing)
    else { return }
    tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    if !isDumb { _ = write(STDOUT_FILENO, endings.utf8Start, endings.utf8CodeUnitCount) }
  }

  private static let patience = 20
  private static let pause: UInt32 = 10_000

  /// Stops the program and its group, as Ctrl-Z does, until somebody lets it go on.
  package static func stop() {
    restore()
    _ = TerminalSignals.takeContinuation()
    kill(0, SIGTSTP)
    // The signal may come to another thread, and to nobody where no shell could let it go on.
    var left = patience
    while left > 0, !TerminalSignals.takeContinuation() {
      usleep(pause)
      left -= 1
    }
    hold()
  }

  /// `true` iff the terminal takes no escape codes.
  package static let isDumb = ["", "dumb"].contains(
    getenv("TERM").map { String(cString: $0) } ?? "")

  /// Remembers what it finds; the first use of a lazy value is not for a signal handler.
  package static func prepare() { _ = (found, isDumb) }
}
