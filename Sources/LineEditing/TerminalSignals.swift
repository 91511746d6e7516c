import Glibc
import Synchronization

/// Handles the signals that concern the terminal: a new size, continuing after a stop, and deadly
/// signals, which restore its modes first.
package enum TerminalSignals {
  private static let isResized = Atomic<Bool>(false)
  private static let isContinued = Atomic<Bool>(false)

  /// The signals that end a program unless it handles them.
  private static let deadly = [
    SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1,
    SIGUSR2, SIGXCPU, SIGPOLL, SIGPWR, SIGSTKFLT,
  ]

  package static func install() {
    signal(SIGQUIT) { _ in Interruption.terminate() }
    for number in deadly {
      signal(number) { number in
        TerminalModes.restore()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    signal(SIGWINCH) { _ in
      TerminalSignals.isResized.store(true, ordering: .releasing)
      Interruption.poke()
    }
    signal(SIGCONT) { _ in
      TerminalSignals.isContinued.store(true, ordering: .releasing)
      Interruption.poke()
    }
  }

  /// `true` iff a signal has arrived that will redraw the line.
  static var isPending: Bool {
    isResized.load(ordering: .acquiring) || isContinued.load(ordering: .acquiring)
  }

  /// Returns `true` iff the size may have changed since the last call.
  static func consumeResize() -> Bool {
    isResized.exchange(false, ordering: .acquiringAndReleasing)
  }

  /// Returns `true` iff the program was stopped and continued since the last call.
  package static func consumeContinuation() -> Bool {
    isContinued.exchange(false, ordering: .acquiringAndReleasing)
  }
}
