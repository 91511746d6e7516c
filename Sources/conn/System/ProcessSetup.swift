import Glibc
import LineEditing
import Synchronization

/// What the process does first: nothing that it holds may leak, and signals have their meaning.
enum ProcessSetup {
  static func prepare() {
    keepStandardNumbers()
    for fatal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP] { signal(fatal, SIG_DFL) }
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    for broken in [SIGPIPE, SIGXFSZ] { signal(broken, SIG_IGN) }
    setlocale(LC_ALL, "")
    TerminalModes.prepare()
    Interruption.install()
  }

  /// Where a standard stream is closed, nothing that is opened later may have its number. What is
  /// written to it fails as before.
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
