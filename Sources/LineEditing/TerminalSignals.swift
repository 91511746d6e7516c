import Glibc
import Synchronization

/// Signals about the terminal: a new size, going on after a stop, and an end that puts it back.
package enum TerminalSignals {
  private static let isResized = Atomic<Bool>(false)
  private static let isContinued = Atomic<Bool>(false)

  /// What ends a program that does not handle it.
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

  /// `true` iff the size may have changed since it was last asked.
  static func takeResize() -> Bool { isResized.exchange(false, ordering: .acquiringAndReleasing) }

  /// `true` iff the program was stopped and goes on.
  package static func takeContinuation() -> Bool {
    isContinued.exchange(false, ordering: .acquiringAndReleasing)
  }
}
