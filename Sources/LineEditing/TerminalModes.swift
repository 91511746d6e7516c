import Glibc
import Synchronization

/// Switches the terminal between the modes it was started with and those that the prompt needs.
///
/// Between two lines the prompt turns off echo and line buffering, so that keys typed while a
/// statement runs wait, byte by byte, for the next line. The original modes are restored however
/// the program ends, including by a signal.
package enum TerminalModes {
  private static let isChanged = Atomic<Bool>(false)

  /// The modes at the start of the program.
  private static let found: termios? = {
    var modes = termios()
    return tcgetattr(STDIN_FILENO, &modes) == 0 ? modes : nil
  }()

  /// Ends bracketed paste, shows the cursor, and ends colours. Source: xterm, "Control Sequences".
  private static let endings: StaticString = "\u{1B}[?2004l\u{1B}[?25h\u{1B}[0m"

  /// `true` iff Ctrl-C sends a signal at once; otherwise it is a key like any other.
  private static let interrupts = Atomic<Bool>(false)

  /// Lets keys wait without echo; Ctrl-C doesn't discard them. `signals` decides whether Ctrl-C
  /// sends a signal; the previous value is returned.
  @discardableResult
  package static func hold(signals: Bool) -> Bool {
    let before = interrupts.exchange(signals, ordering: .acquiringAndReleasing)
    hold()
    return before
  }

  /// Lets keys wait without echo, with Ctrl-C as it was last set.
  package static func hold() {
    guard var modes = found else { return }
    let signals = interrupts.load(ordering: .acquiring) ? 0 : ISIG
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | signals)
    modes.c_lflag |= tcflag_t(NOFLSH)
    // If Ctrl-S could stop the output, the program could hang, even at its end. Return isn't
    // translated to Ctrl-J, which ends a search and does nothing else.
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR)
    withUnsafeMutableBytes(of: &modes.c_cc) { keys in
      for key in [VSUSP, VQUIT] { keys[Int(key)] = 0 }
      (keys[Int(VMIN)], keys[Int(VTIME)]) = (1, 0)
    }
    isChanged.store(true, ordering: .releasing)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }

  /// Restores the original modes; returns `false` if they weren't changed. Safe to call in a signal
  /// handler.
  @discardableResult
  package static func restore() -> Bool {
    // Setting the modes would stop a background process.
    guard tcgetpgrp(STDIN_FILENO) == getpgrp(), var modes = found,
      isChanged.exchange(false, ordering: .acquiringAndReleasing)
    else { return false }
    tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    if !isDumb { _ = write(STDOUT_FILENO, endings.utf8Start, endings.utf8CodeUnitCount) }
    return true
  }

  private static let patience = 20
  private static let pause: UInt32 = 10_000

  /// Suspends the program and its process group, as Ctrl-Z does, until it is continued.
  package static func stop() {
    restore()
    _ = TerminalSignals.consumeContinuation()
    kill(0, SIGTSTP)
    // Another thread may get the signal, or nobody if there is no shell that could continue conn.
    var left = patience
    while left > 0, !TerminalSignals.consumeContinuation() {
      usleep(pause)
      left -= 1
    }
    hold()
  }

  /// `true` iff the terminal doesn't support escape codes.
  package static let isDumb = ["", "dumb"].contains(
    getenv("TERM").map { String(cString: $0) } ?? "")

  /// Reads the original modes now, since a signal handler must not be the first to use a lazy
  /// value.
  package static func prepare() { _ = (found, isDumb) }
}
