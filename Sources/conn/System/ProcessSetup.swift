import Glibc
import LineEditing
import Synchronization

/// Prepares the process: no core dumps, which would contain tokens, and handlers for signals.
enum ProcessSetup {
  static func prepare() {
    keepStandardNumbers()
    for fatal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP] { signal(fatal, SIG_DFL) }
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    for broken in [SIGPIPE, SIGXFSZ] { signal(broken, SIG_IGN) }
    setlocale(LC_ALL, "")
    correctColumns()
    TerminalModes.prepare()
    Interruption.install()
  }

  /// Corrects `COLUMNS`, from which help is laid out and readline sizes its buffers. It is believed up
  /// to 1,000; a number too small for help, or no number, is ignored.
  private static func correctColumns() {
    guard let text = getenv("COLUMNS").map({ String(cString: $0) }) else { return }
    switch Int(text) {
    case let columns? where columns > 1_000: setenv("COLUMNS", "1000", 1)
    case let columns? where columns >= 40: break
    default: unsetenv("COLUMNS")
    }
  }

  /// Opens `/dev/null` in place of closed standard streams, so that no file opened later gets their
  /// numbers. It is opened for reading, so writing to them still fails.
  private static func keepStandardNumbers() {
    while true {
      let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard (0...STDERR_FILENO).contains(descriptor) else {
        close(descriptor)
        return
      }
    }
  }
}
