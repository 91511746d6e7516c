import Glibc
import Synchronization

/// What the process does first: nothing that it holds may leak, and signals have their meaning.
enum ProcessSetup {
  static func prepare() {
    for fatal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP] { signal(fatal, SIG_DFL) }
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    signal(SIGPIPE, SIG_IGN)
    setlocale(LC_ALL, "")
    Interruption.install()
  }
}

/// Ctrl-C: while writes are under way the first one lets the call in flight end and stops; the
/// second, and any at another time, ends the program at once.
enum Interruption {
  private static let count = Atomic<Int>(0)
  private static let writes = Atomic<Bool>(false)

  static var isRequested: Bool { count.load(ordering: .acquiring) > 0 }

  static func install() {
    signal(SIGINT) { _ in Interruption.receive() }
    signal(SIGTERM) { _ in Interruption.receive() }
  }

  static func reset() { count.store(0, ordering: .releasing) }

  /// Marks the stretch in which an interruption must be orderly.
  static func setWriting(_ isWriting: Bool) { writes.store(isWriting, ordering: .releasing) }

  /// Runs in a signal handler: only what is safe there.
  private static func receive() {
    let (_, new) = count.add(1, ordering: .acquiringAndReleasing)
    if new == 1, writes.load(ordering: .acquiring) {
      say("\ninterrupted: waiting for the call in flight; once more ends at once\n")
      return
    }
    say(writes.load(ordering: .acquiring) ? "\nended: the call in flight is in doubt\n" : "\n")
    _exit(130)
  }

  private static func say(_ text: StaticString) {
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
