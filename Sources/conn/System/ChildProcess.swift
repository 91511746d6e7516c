import Glibc
import LineEditing
import Planning

/// Runs another program that takes over the terminal. It doesn't inherit the token.
enum ChildProcess {
  /// Runs a program and waits for it. Returns its exit code, or `nil` if it couldn't be run.
  /// `input` is its stdin; without one it reads from the terminal.
  @MainActor static func run(_ words: [String], input: String? = nil) -> Int32? {
    TerminalModes.restore()
    // Ctrl-C and Ctrl-\ are for the child now.
    let handlers = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
    defer {
      TerminalModes.hold()
      for (number, handler) in handlers { signal(number, handler) }
    }
    var ends: [Int32] = [STDIN_FILENO, -1]
    if input != nil {
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    guard let child = spawn(words, stdin: ends[0]) else {
      if input != nil { ends.forEach { close($0) } }
      return nil
    }
    if let input {
      close(ends[0])
      // This fails, harmlessly, if the user quits a pager early.
      _ = FileBytes.write(Array(input.utf8), to: ends[1])
      close(ends[1])
    }
    return exitCode(of: child)
  }

  @MainActor private static func spawn(_ words: [String], stdin: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin, STDIN_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    return posix_spawnp(&child, words[0], &actions, &attributes, arguments, variables) == 0
      ? child : nil
  }

  /// The environment variables that contain tokens of this session; children don't inherit them.
  @MainActor static var withheld: Set<String> = [ResolvedWorkspace.tokenVariable]

  @MainActor private static var environment: [String: String] {
    ProcessEnvironment.read().filter { !withheld.contains($0.key) }
  }

  private static let pause: UInt32 = 5_000

  /// Waits for the child; `nil` for 127, with which a shell reports a missing program. If this
  /// program is told to end, so is the child.
  private static func exitCode(of child: pid_t) -> Int32? {
    var status: Int32 = 0
    var ended: pid_t = 0
    while ended == 0 {
      ended = waitpid(child, &status, WNOHANG)
      if ended < 0, errno != EINTR { return nil }
      if Interruption.isTermination { kill(child, SIGTERM) }
      if ended == 0 { usleep(pause) }
    }
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return code == 127 ? nil : code
  }
}
