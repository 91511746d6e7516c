import Glibc
import Synchronization

/// Signals about the terminal: a new size, and going on after a stop.
enum TerminalSignals {
  private static let isResized = Atomic<Bool>(false)
  private static let isContinued = Atomic<Bool>(false)

  static func install() {
    signal(SIGWINCH) { _ in
      TerminalSignals.isResized.store(true, ordering: .releasing)
      Interruption.poke()
    }
    signal(SIGCONT) { _ in
      TerminalSignals.isContinued.store(true, ordering: .releasing)
      Interruption.poke()
    }
  }

  /// `true` iff the size may have changed since it was last asked.
  static func takeResize() -> Bool { isResized.exchange(false, ordering: .acquiringAndReleasing) }

  /// `true` iff the program was stopped and goes on.
  static func takeContinuation() -> Bool {
    isContinued.exchange(false, ordering: .acquiringAndReleasing)
  }
}
